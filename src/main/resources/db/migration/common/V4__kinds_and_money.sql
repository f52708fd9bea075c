-- Which rows stand or fall together; KindsOfOlderRows fills it for rows from before.
alter table batch_row add column kind varchar(400) default '' not null;
alter table staged_order add column kind varchar(400) default '' not null;
-- Each time H2 hands out a new set of numbers it writes the file: large sets, for large inputs.
alter table batch_row alter column id set cache 1000;
drop index row_by_content;
drop index row_of_source;
drop index staged_by_content;
create index staged_by_content on staged_order (input_id, content);
drop index row_to_send;
create index row_to_send on batch_row (batch_id, state, waits_for, kind, id);
create index attempt_by_time on attempt (intended_at);

-- What was really charged: null while it may be all of amount, 0 when it is known to be nothing.
alter table attempt add column charged decimal(20, 6);
update attempt set charged = 0 where outcome in ('NOT_SENT', 'DEFERRED', 'REFUSED', 'HALTED');

-- Sums over attempts, kept in the transaction of the intent: what is spent, reserved or in doubt.
-- period: 'all', a day (2026-11-20) or a month (2026-11), by the time of the intent in UTC.
-- currency: XXX for requests whose price is not known.
create table spending (
  batch_id bigint not null references batch,
  period varchar(10) not null,
  currency varchar(3) not null,
  amount decimal(20, 6) not null,
  sends bigint not null,
  primary key (batch_id, period, currency)
);
create index spending_by_period on spending (period);
insert into spending (batch_id, period, currency, amount, sends)
select s.batch_id, s.period, 'XXX', 0, count(*)
from (
  select r.batch_id, 'all' as period
  from attempt a join batch_row r on r.id = a.row_id where a.charged is null
  union all
  select r.batch_id, substring(cast(cast(a.intended_at at time zone 'UTC' as date) as varchar(10)) from 1 for 10)
  from attempt a join batch_row r on r.id = a.row_id where a.charged is null
  union all
  select r.batch_id, substring(cast(cast(a.intended_at at time zone 'UTC' as date) as varchar(10)) from 1 for 7)
  from attempt a join batch_row r on r.id = a.row_id where a.charged is null
) s
group by s.batch_id, s.period;
