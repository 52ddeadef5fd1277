-- What operators do by hand, and who did it and why. Rows of both tables are only ever added.

create table flashsale_operator_log (
  id bigint not null auto_increment,
  logged_at datetime(6) not null,
  operator varchar(100) not null,
  action enum('product_created', 'product_changed', 'stock_adjusted', 'sale_opened', 'sale_closed', 'order_cancelled') not null,
  subject bigint not null,
  difference varchar(1000) not null,
  reason varchar(500) not null,
  primary key (id)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_operator_log_of on flashsale_operator_log (subject);

-- All of a product's rows add up to its total; `audit` looks.
create table flashsale_stock_ledger (
  id bigint not null auto_increment,
  product_id bigint not null,
  pieces int not null,
  entered_at datetime(6) not null,
  operator varchar(100) not null,
  reason varchar(500) not null,
  primary key (id),
  constraint flashsale_stock_ledger_pieces check (pieces <> 0)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_stock_ledger_of on flashsale_stock_ledger (product_id, pieces);

/* [jooq ignore start] */
insert into flashsale_stock_ledger (product_id, pieces, entered_at, operator, reason)
  select product_id, total, utc_timestamp(6), 'program', 'what there was when the ledger was begun' from flashsale_stock where total > 0;
/* [jooq ignore stop] */

-- What is appended to an enum changes no row.
alter table flashsale_order modify column status enum('pending', 'paid', 'failed', 'expired', 'refunded', 'returned', 'cancelled') not null;
alter table flashsale_payment modify column order_status enum('pending', 'paid', 'failed', 'expired', 'refunded', 'returned', 'cancelled') null;
