-- The longest chain goes first: how many rows hang on a row, one after the other, at most. Written when
-- an input is let in; inputs from before go by their lines until then.
alter table batch_row add column height int default 0 not null;
-- Until when the video that a row starts from can be had; null for what waits for no video.
alter table batch_row add column source_until timestamp with time zone;
drop index row_to_send;
create index row_to_send
  on batch_row (batch_id, state, waits_for, kind, height desc, source_until asc nulls last, id);
