-- Which requests that came with an Idempotency-Key were done. The key and what the fingerprint is made of are kept as their
-- SHA-256 alone; message_id is what the request wrote. A request that was refused is not kept: nothing was done.
create table market.idempotency_keys (
  lane smallint not null,
  business_id bigint not null,
  key_hash bytea not null,
  fingerprint bytea not null,
  message_id bigint not null,
  created_at timestamptz not null,
  primary key (lane, business_id, key_hash)
)
---
-- For the removal of old ones alone. Its condition always holds and no look for one key says so: while the table is empty such
-- a look would be planned with this index, and would read all keys of a lane later.
create index idempotency_keys_oldest on market.idempotency_keys (lane, created_at) where message_id > 0
