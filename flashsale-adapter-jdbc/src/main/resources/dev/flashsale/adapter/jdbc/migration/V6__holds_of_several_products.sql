-- A hold of several products, and the order that it becomes, has a row for each, so that expiry, reclaiming and
-- availability, which ask for a product's rows, need know nothing of it. The first row has the hold's id and says how many
-- there are; the ids of the further ones are made of it, and these say which they are, as a negative number: nobody is let in
-- by them.
alter table flashsale_hold add column line_count tinyint not null default 1;
alter table flashsale_order add column line_count tinyint not null default 1;

-- A request for several products, and what became of it, is kept with all of its lines.
-- [jooq ignore start]
alter table flashsale_idempotency_key
  modify column request varchar(1000) character set ascii collate ascii_bin not null,
  modify column outcome varchar(2000) character set ascii collate ascii_bin not null;
-- [jooq ignore stop]
