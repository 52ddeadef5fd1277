-- An order that was paid and whose money was given back: its pieces stay sold, or were returned.
alter table flashsale_order modify column status enum('pending', 'paid', 'failed', 'expired', 'refunded', 'returned') not null;

alter table flashsale_payment drop constraint flashsale_payment_decided;
alter table flashsale_payment modify column status enum('success', 'failed', 'refunded') not null;
alter table flashsale_payment modify column order_status enum('pending', 'paid', 'failed', 'expired', 'refunded', 'returned') null;
alter table flashsale_payment add column refund_of varchar(128) /* [jooq ignore start] */ character set ascii collate ascii_bin /* [jooq ignore stop] */ null;
alter table flashsale_payment add column restock boolean not null default false;
-- A payment whose order never came has no order's status, and neither has its refund.
alter table flashsale_payment add constraint flashsale_payment_decided check (
  order_status is null and (effect <> 'applied' or status = 'refunded') or order_status is not null and effect <> 'kept'
);

-- The payments whose money must still be given back, and those that wait for their order. Both are few; an index on
-- flashsale_payment would be written for every payment.
create table flashsale_open_refund (
  payment_id bigint not null,
  primary key (payment_id)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;

create table flashsale_kept_payment (
  payment_id bigint not null,
  received_at datetime(6) not null,
  primary key (payment_id)
) /* [jooq ignore start] */ engine = InnoDB /* [jooq ignore stop] */;

create index flashsale_kept_payment_by_age on flashsale_kept_payment (received_at);

insert into flashsale_open_refund (payment_id) select id from flashsale_payment where effect = 'refund_required';
insert into flashsale_kept_payment (payment_id, received_at) select id, received_at from flashsale_payment where effect = 'kept';
