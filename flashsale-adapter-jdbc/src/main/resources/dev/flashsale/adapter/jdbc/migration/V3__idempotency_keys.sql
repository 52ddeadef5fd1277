-- What became of requests under their idempotency keys. A request without one neither reads nor writes it.
create table flashsale_idempotency_key (
  id varchar(400) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  request varchar(64) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  outcome varchar(255) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ not null,
  kept_at datetime(6) not null,
  primary key (id)
) /* [jooq ignore start] */ engine = InnoDB default character set utf8mb4 /* [jooq ignore stop] */;

create index flashsale_idempotency_key_by_age on flashsale_idempotency_key (kept_at);
