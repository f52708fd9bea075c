-- A line's row has its number when the line is staged, so that letting in a million lines writes
-- each of them once. Numbers are handed out by the page; some are never used.
create table row_number (
  next_id bigint not null
);
insert into row_number (next_id) select coalesce(max(id), 0) + 1 from batch_row;
alter table batch_row alter column id drop identity;
delete from staged_order;
alter table staged_order add column new_id bigint default 0 not null;

-- By what its file is seen to be untouched: a large one is not read again to know that.
alter table input add column stamp varchar(400);

-- Paid requests that one row might have in a round, as of the last run: only a run that allows fewer
-- has to look for rows that were planned beyond it.
alter table batch add column attempts int default 1000 not null;

-- Each time H2 hands out a new set of numbers it writes the file.
alter table task alter column id set cache 1000;
