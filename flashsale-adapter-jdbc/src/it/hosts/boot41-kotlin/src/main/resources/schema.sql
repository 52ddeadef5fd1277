create table if not exists booking (
  hold_id char(36) not null primary key,
  note varchar(100) not null
);
