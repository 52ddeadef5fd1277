-- What is appended to an enum changes no row.
alter table flashsale_operator_log modify column action enum('product_created', 'product_changed', 'stock_adjusted', 'sale_opened', 'sale_closed', 'order_cancelled', 'refund_done', 'conflict_resolved', 'order_extended', 'order_accepted') not null;
