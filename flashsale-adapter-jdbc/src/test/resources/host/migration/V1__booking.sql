create table booking (id int not null, primary key (id));
