-- Rows that are ordered once more: how often by themselves, and when a lost one was last asked after.

alter table batch_row add column retries int default 0 not null;
alter table task add column asked_at timestamp with time zone;
