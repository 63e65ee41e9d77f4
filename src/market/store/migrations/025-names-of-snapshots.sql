-- What a snapshot is called; `name` is a part of its schema's name, for which not every script is short enough. Null: the same.
alter table market.lab_snapshots add column title text
