-- The rules of a sale lie in the row that every hold locks anyway, so that they cost no further statement.
alter table flashsale_stock add column max_per_hold int null;
alter table flashsale_stock add column max_per_customer int null;
alter table flashsale_stock add column sale_starts_at datetime(6) null;
alter table flashsale_stock add column sale_ends_at datetime(6) null;

alter table flashsale_hold add column customer_id varchar(128) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ null;
alter table flashsale_hold add column extended boolean not null default false;

-- The holds that name a customer and were neither released nor expired. An index on flashsale_hold would be written for
-- every hold, with or without a customer.
create table flashsale_customer_hold (
  hold_id binary(16) not null,
  product_id bigint not null,
  customer_id varchar(128) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  primary key (hold_id)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_customer_hold_of on flashsale_customer_hold (product_id, customer_id);
