-- What a refund gave back, of which success; and the pieces that it was of, as they were reported.
alter table flashsale_payment add column gives_back_of varchar(128) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ null;
alter table flashsale_payment add column given_back decimal(19, 4) null;
alter table flashsale_payment add column pieces varchar(800) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ null;

-- The pieces that came back of orders that keep the others; of an order that has given all back there are none.
create table flashsale_returned_piece (
  id bigint not null auto_increment,
  order_id bigint not null,
  product_id bigint not null,
  quantity int not null,
  primary key (id),
  constraint flashsale_returned_piece_quantity check (quantity > 0)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;

create index flashsale_returned_piece_of on flashsale_returned_piece (product_id, quantity);
create index flashsale_returned_piece_by_order on flashsale_returned_piece (order_id);

alter table flashsale_operator_log modify column action enum('product_created', 'product_changed', 'stock_adjusted', 'sale_opened', 'sale_closed', 'order_cancelled', 'refund_done', 'conflict_resolved', 'customer_forgotten', 'order_extended', 'order_accepted', 'refund_recorded') not null;
