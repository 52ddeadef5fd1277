--liquibase formatted sql

--changeset shop:1
create table booking (id bigint not null, primary key (id));
