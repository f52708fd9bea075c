-- How many tasks at once a gateway was found to take from an account.

create table learned_limit (
  origin varchar(1000) not null,
  account varchar(100) not null,
  tasks int not null,
  learned_at timestamp with time zone not null,
  primary key (origin, account)
);
