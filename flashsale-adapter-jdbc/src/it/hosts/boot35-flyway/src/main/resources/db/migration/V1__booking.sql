create table booking (
  id bigint not null auto_increment primary key,
  hold_id binary(16) not null,
  note varchar(20) not null,
  key booking_of_hold (hold_id)
);
