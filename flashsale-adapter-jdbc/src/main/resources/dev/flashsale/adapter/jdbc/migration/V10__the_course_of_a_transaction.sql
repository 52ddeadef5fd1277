-- A transaction is declared failed, or tried again, and then succeeds, and is given back, all under one id: each has a row.
-- What is appended to an enum changes no row.
alter table flashsale_payment modify column status enum('success', 'failed', 'refunded', 'declined', 'processing') not null;
alter table flashsale_payment add column reference binary(16) null;

-- [jooq ignore start]
alter table flashsale_payment drop index flashsale_payment_once, add constraint flashsale_payment_once unique (transaction_id, status),
  algorithm = inplace, lock = none;
-- [jooq ignore stop]

-- Reports that took no effect since they contradict what is known, until somebody has looked; after that they are known, too,
-- since gateways repeat them. The digest is of all that a report says.
create table flashsale_payment_conflict (
  id bigint not null auto_increment,
  transaction_id varchar(128) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  status enum('success', 'failed', 'refunded', 'declined', 'processing') not null,
  order_id bigint null,
  reference binary(16) null,
  amount decimal(19, 4) null,
  currency char(3) null,
  known_order_id bigint null,
  received_at datetime(6) not null,
  resolved boolean not null default false,
  digest binary(32) not null,
  primary key (id),
  constraint flashsale_payment_conflict_once unique (digest)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_payment_conflict_open on flashsale_payment_conflict (resolved);

alter table flashsale_operator_log modify column action enum('product_created', 'product_changed', 'stock_adjusted', 'sale_opened', 'sale_closed', 'order_cancelled', 'refund_done', 'conflict_resolved') not null;
