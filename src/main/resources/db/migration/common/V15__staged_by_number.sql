-- What is staged is found by the number that its row would get: one number is the key of the table
-- itself in H2, where two took an index of their own. Ids are found in memory.
drop table staged_order;
create table staged_order (
  new_id bigint primary key,
  input_id bigint not null,
  position bigint not null,
  row_key varchar(200) not null,
  external_id varchar(200),
  content varchar(40) not null,
  occurrence int not null,
  order_json varchar not null,
  kind varchar(400) not null,
  source_id varchar,
  source_task varchar,
  row_id bigint
);
create index staged_by_content on staged_order (input_id, content);
create index staged_by_row on staged_order (input_id, row_id);
create index staged_by_position on staged_order (input_id, position);
