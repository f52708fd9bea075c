-- An index and no constraint: a large load drops it and builds it anew, in a tenth of the time that
-- keys in no order take one by one, and of the space. LedgerIndexes makes it again after a kill.
alter table batch_row drop constraint row_key_in_batch;
create unique index row_by_key on batch_row (batch_id, row_key);
