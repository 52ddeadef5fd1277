-- What is appended to an enum changes no row.
alter table flashsale_operator_log modify column action enum('product_created', 'product_changed', 'stock_adjusted', 'sale_opened', 'sale_closed', 'order_cancelled', 'refund_done', 'conflict_resolved', 'customer_forgotten', 'order_extended', 'order_accepted') not null;

-- Whether a product was taken off sale for good: a rule of its sale, which lies in the row that every hold locks anyway. A program
-- of before does not know of it. No hold writes the index, by which the others are listed however many were retired.
alter table flashsale_stock add column retired boolean not null default false;
create index flashsale_stock_by_retired on flashsale_stock (retired, product_id);
