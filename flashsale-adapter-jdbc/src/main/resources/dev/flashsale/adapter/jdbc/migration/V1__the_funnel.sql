-- Times are UTC, whatever the session's zone. There are no foreign keys: each would add a lookup and a shared lock to
-- every hold; `audit` finds what they would have refused.

create table flashsale_product (
  id bigint not null,
  name varchar(200) not null,
  price decimal(19, 4) not null,
  currency char(3) not null,
  primary key (id),
  constraint flashsale_product_price check (price >= 0)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

-- The hot rows, kept as narrow as they can be.
create table flashsale_stock (
  product_id bigint not null,
  total int not null,
  available int not null,
  primary key (product_id),
  constraint flashsale_stock_never_oversold check (available >= 0 and available <= total)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;

create table flashsale_hold (
  id binary(16) not null,
  product_id bigint not null,
  quantity int not null,
  status enum('active', 'ordered', 'released', 'expired') not null,
  expires_at datetime(6) not null,
  primary key (id),
  constraint flashsale_hold_quantity check (quantity > 0)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;

-- Serves expiry, reclaiming and availability, each from the index alone; what has ended lies apart from what is active.
create index flashsale_hold_by_status on flashsale_hold (product_id, status, expires_at, quantity);

create table flashsale_order (
  id bigint not null auto_increment,
  hold_id binary(16) not null,
  product_id bigint not null,
  quantity int not null,
  amount decimal(19, 4) not null,
  currency char(3) not null,
  status enum('pending', 'paid', 'failed', 'expired') not null,
  placed_at datetime(6) not null,
  payment_deadline datetime(6) not null,
  primary key (id),
  constraint flashsale_order_one_per_hold unique (hold_id),
  constraint flashsale_order_quantity check (quantity > 0)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_order_by_status on flashsale_order (product_id, status, payment_deadline, quantity);

create table flashsale_payment (
  id bigint not null auto_increment,
  transaction_id varchar(128) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  order_id bigint not null,
  status enum('success', 'failed') not null,
  amount decimal(19, 4) null,
  currency char(3) null,
  effect enum('applied', 'kept', 'ignored', 'refund_required') not null,
  order_status enum('pending', 'paid', 'failed', 'expired') null,
  received_at datetime(6) not null,
  primary key (id),
  constraint flashsale_payment_once unique (transaction_id),
  constraint flashsale_payment_decided check ((effect = 'kept') = (order_status is null))
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_payment_by_order on flashsale_payment (order_id, effect);
