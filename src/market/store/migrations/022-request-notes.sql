-- What a request had that its operation does not know and that was ignored, by its place: body.limit. Null: nothing.
alter table market.requests add column unknown_fields text[]
