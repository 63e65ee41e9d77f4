-- What a shop wants to be sent with each notification, such as the password of its gateway: the names to be shown, and both
-- names and values sealed with a key of the server, so that the database alone tells no value. Null: none.
alter table market.subscriptions
  add column header_names text[] not null default '{}',
  add column sealed_headers bytea
