-- When what the batch's rows ask for was last forgotten; they get it back with their file.
alter table batch add column pruned_at timestamp with time zone;

-- Which homes' ledgers were moved here, whole: written in the transaction that brought them.
create table moved_ledger (
  home varchar(36) not null primary key,
  moved_at timestamp with time zone not null
);

-- Runs gather over the years. H2 makes such indexes for foreign keys by itself, PostgreSQL does not.
create index run_of_instance on batch_job_execution (job_instance_id);
create index param_of_run on batch_job_execution_params (job_execution_id);
create index step_of_run on batch_step_execution (job_execution_id);
