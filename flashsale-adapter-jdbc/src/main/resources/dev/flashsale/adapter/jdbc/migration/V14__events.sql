-- What a sale tells the world, written with what it tells of. Columns in the words of Debezium's outbox event router, which takes
-- the table as it is; the key keeps a product's events together and in their order. What is of no product is under 0.
create table flashsale_event (
  aggregateid bigint not null,
  number bigint not null,
  id varchar(41) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  aggregatetype varchar(16) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  type varchar(32) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  happened_at datetime(6) not null,
  payload text not null,
  primary key (aggregateid, number)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

-- The number of each product's last event: locked by whoever writes one, so that numbers are in the order of the commits. And until
-- when the ends of its holds have been announced.
create table flashsale_event_number (
  product_id bigint not null,
  last_number bigint not null,
  announced_until datetime(6) null,
  primary key (product_id)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;
