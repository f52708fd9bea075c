-- A line may order several rows. Each has a place of its own: line * 1000 for the row of a line that
-- orders one, line * 1000 + 1, + 2 and so on for the variants of one that orders more.
create table input_place (
  input_id bigint not null references input,
  position bigint not null,
  cells varchar not null,
  row_id bigint,
  problem varchar,
  primary key (input_id, position)
);
insert into input_place (input_id, position, cells, row_id, problem)
select input_id, line * 1000, cells, row_id, problem from input_line order by input_id, line;
drop table input_line;
alter table input_place rename to input_line;

delete from staged_order;
alter table staged_order rename column line to position;
