-- A hold that names a customer keeps its rows here for as long as there is the hold, so that a customer's holds are found, and
-- only those that are counted are read for the limit. The index keeps its name: a program of before reads by it.
alter table flashsale_customer_hold add column counted boolean not null default true;

-- [jooq ignore start]
alter table flashsale_customer_hold drop index flashsale_customer_hold_of,
  add index flashsale_customer_hold_of (customer_id, counted, product_id), algorithm = inplace, lock = none;

-- Rows that were removed because they counted no more. The holds are read once, and none is locked.
commit;
set transaction isolation level read committed;
insert ignore into flashsale_customer_hold (hold_id, line_no, product_id, customer_id, counted)
  select hold.id, hold.line_no, hold.product_id, hold.customer_id, false from flashsale_hold hold
  where hold.customer_id is not null and not exists (
    select 1 from flashsale_customer_hold known where known.hold_id = hold.id and known.line_no = hold.line_no
  );
commit;
-- [jooq ignore stop]

-- What is appended to an enum changes no row.
alter table flashsale_operator_log modify column action enum('product_created', 'product_changed', 'stock_adjusted', 'sale_opened', 'sale_closed', 'order_cancelled', 'refund_done', 'conflict_resolved', 'customer_forgotten') not null;
