-- The lines of a hold, and of an order, share its id, or its number, and are told apart by their own: rows that were parts of
-- others, with ids made of the first one's, come to lie beside it, and `line_count` says in each of them how many there are.
-- What is of one product alone stays as it is, and a program of before can go on with it meanwhile.
alter table flashsale_hold add column line_no tinyint not null default 1;
alter table flashsale_order add column line_no tinyint not null default 1;
alter table flashsale_customer_hold add column line_no tinyint not null default 1;

-- [jooq ignore start]
-- The rows to change. There is no index for them: the holds are read once, and none is locked. The id of the k-th row after the
-- first is the first one's, its last 64 bits XOR k times that odd number.
create table if not exists flashsale_part (
  id binary(16) not null,
  whole_id binary(16) not null,
  line_no tinyint not null,
  line_count tinyint not null,
  primary key (id)
) engine = InnoDB;
commit;
set transaction isolation level read committed;
insert into flashsale_part (id, whole_id, line_no, line_count)
  select part.id, whole.id, 1 - part.line_count, whole.line_count
  from (
    select id, line_count,
      unhex(concat(left(hex(id), 16), lpad(hex(cast(conv(right(hex(id), 16), 16, 10) as unsigned)
        ^ cast(mod(cast(-line_count as decimal(30)) * 11400714819323198485, 18446744073709551616) as unsigned)), 16, '0'))) as whole_id
    from flashsale_hold where line_count < 0
  ) part
  straight_join flashsale_hold whole on whole.id = part.whole_id;
commit;
set transaction isolation level read committed;
update flashsale_part part straight_join flashsale_hold line on line.id = part.id
  set line.line_no = part.line_no, line.line_count = part.line_count;
commit;
set transaction isolation level read committed;
update flashsale_part part straight_join flashsale_order line on line.hold_id = part.id
  set line.line_no = part.line_no, line.line_count = part.line_count;
commit;

-- From here on a program of before fails where it would write rows that nobody finds. A check would have MySQL copy the table, with
-- all writers kept out; a column that is computed, and must not be null, is there at once. MariaDB has none such, and takes a check
-- at once where it need not look at what is there.
set @@session.sql_mode = @@session.sql_mode /*M! , check_constraint_checks = 0 */;
alter table flashsale_hold
  /*!80023 add column line_fits boolean generated always as (if(line_no between 1 and line_count, true, null)) virtual not null invisible */
  /*M! add constraint flashsale_hold_line check (line_no between 1 and line_count) */;
alter table flashsale_order
  /*!80023 add column line_fits boolean generated always as (if(line_no between 1 and line_count, true, null)) virtual not null invisible */
  /*M! add constraint flashsale_order_line check (line_no between 1 and line_count) */;
set @@session.sql_mode = @@session.sql_mode /*M! , check_constraint_checks = 1 */;

alter table flashsale_hold drop primary key, add primary key (id, line_no), algorithm = inplace, lock = none;
alter table flashsale_order drop primary key, add primary key (id, line_no), drop index flashsale_order_one_per_hold,
  add constraint flashsale_order_one_per_hold unique (hold_id, line_no), algorithm = inplace, lock = none;
alter table flashsale_customer_hold drop primary key, add primary key (hold_id, line_no), algorithm = inplace, lock = none;

commit;
set transaction isolation level read committed;
update flashsale_part part straight_join flashsale_order whole on whole.hold_id = part.whole_id and whole.line_no = 1
  straight_join flashsale_order line on line.hold_id = part.id and line.line_no = part.line_no
  set line.id = whole.id, line.hold_id = part.whole_id;
commit;
set transaction isolation level read committed;
update flashsale_part part straight_join flashsale_customer_hold line on line.hold_id = part.id and line.line_no = 1
  set line.hold_id = part.whole_id, line.line_no = part.line_no;
commit;
set transaction isolation level read committed;
update flashsale_part part straight_join flashsale_hold line on line.id = part.id and line.line_no = part.line_no
  set line.id = part.whole_id;
commit;
drop table flashsale_part;
-- [jooq ignore stop]
