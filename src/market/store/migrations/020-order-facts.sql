-- What the order system has told of an order beyond its status and its items, and when the order last changed. Null: nothing
-- of it was told, and nothing changed. So a market of the version before, still at work, may go on putting orders.
alter table market.orders add column facts jsonb, add column updated_at timestamptz
