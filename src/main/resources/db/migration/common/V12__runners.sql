-- Who may send for a batch: the runner that raised its number last. One that is behind has lost it.
alter table batch add column epoch bigint default 0 not null;
alter table batch add column runner varchar(400);

-- One row. What tells this ledger from all others, wherever its server is found; and what a runner
-- holds while it looks whether a request fits under a cap that batches share.
create table ledger (
  name varchar(36)
);
insert into ledger (name) values (null);

-- New tasks are found by their numbers, which those of other batches commit in another order. Null
-- where the row is not known: not even that may throw a paid id away.
alter table task add column batch_id bigint;
update task set batch_id = (select r.batch_id from batch_row r where r.id = task.row_id);
create index task_of_batch on task (batch_id, id);
