-- Where events are sent to. Whoever has the lease sends: relay says who, and until when.
create table flashsale_endpoint (
  endpoint_id bigint not null auto_increment,
  url varchar(2048) not null,
  kinds varchar(500) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  secret varchar(120) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  former_secret varchar(120) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ null,
  former_until datetime(6) null,
  created_at datetime(6) not null,
  disabled_why varchar(500) null,
  failing_since datetime(6) null,
  relay varchar(100) null,
  relay_until datetime(6) null,
  primary key (endpoint_id)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

-- How far each is with each product's events, and what failed behind that.
create table flashsale_endpoint_position (
  endpoint_id bigint not null,
  product_id bigint not null,
  number bigint not null,
  attempts int not null,
  first_failed_at datetime(6) null,
  next_at datetime(6) null,
  primary key (endpoint_id, product_id)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;

-- What became of each event there.
create table flashsale_delivery (
  endpoint_id bigint not null,
  product_id bigint not null,
  number bigint not null,
  event_id varchar(41) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  kind varchar(32) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  status varchar(16) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  attempts int not null,
  http_status int not null,
  answer varchar(1024) not null,
  took_millis bigint not null,
  attempted_at datetime(6) not null,
  primary key (endpoint_id, product_id, number)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_delivery_by_event on flashsale_delivery (endpoint_id, event_id);
create index flashsale_delivery_by_time on flashsale_delivery (endpoint_id, attempted_at);
create index flashsale_delivery_by_age on flashsale_delivery (attempted_at);
create index flashsale_delivery_by_status on flashsale_delivery (endpoint_id, status);

-- Kinds that somebody reads for a while without being an endpoint.
create table flashsale_event_reader (
  kind varchar(32) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  kept_until datetime(6) not null,
  primary key (kind)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;

alter table flashsale_operator_log modify column action enum('product_created', 'product_changed', 'stock_adjusted', 'sale_opened', 'sale_closed', 'order_cancelled', 'refund_done', 'conflict_resolved', 'customer_forgotten', 'order_extended', 'order_accepted', 'refund_recorded', 'endpoint_created', 'endpoint_changed', 'endpoint_enabled', 'endpoint_disabled', 'endpoint_deleted') not null;
