-- What a subscription is: enabled; disabled on request; or failed, after 14 days of failing. Its secrets are derived from
-- the server's secret and a salt: the database alone cannot sign.
alter table market.subscriptions
  add column state text not null default 'disabled' check (state in ('enabled', 'disabled', 'failed')),
  add column state_since timestamptz not null default to_timestamp(0),
  add column cancelled integer not null default 0,
  add column failures integer not null default 0,
  add column failing_since timestamptz,
  add column due_at timestamptz not null default to_timestamp(0),
  add column salt bytea not null default '',
  add column previous_salt bytea,
  add column previous_until timestamptz
---
update market.subscriptions set state = 'enabled' where is_enabled
---
alter table market.subscriptions
  drop column is_enabled,
  alter column state drop default,
  alter column state_since drop default,
  alter column salt drop default
---
-- The state of a delivery; `attempt` counts the attempts and is the fencing token of the one in flight, `epoch` is the
-- lane's lease under which that one was begun. When it may be tried is its subscription's due_at: the oldest one holds
-- the others back.
alter table market.deliveries
  drop column due_at,
  add column attempt integer not null default 0,
  add column epoch bigint not null default 0,
  add column attempted_at timestamptz,
  add column finished_at timestamptz,
  add constraint deliveries_state check (state in ('waiting', 'in_flight', 'delivered', 'refused', 'cancelled'))
---
create index deliveries_unfinished on market.deliveries (lane, business_id, subscription_id, event_id, type)
 where state in ('waiting', 'in_flight')
---
create index deliveries_finished on market.deliveries (lane, finished_at) where finished_at is not null
---
create table market.delivery_attempts (
  lane smallint not null,
  business_id bigint not null,
  subscription_id bigint not null,
  event_id bigint not null,
  type text not null,
  attempt integer not null,
  started_at timestamptz not null,
  duration_ms integer not null,
  outcome text not null check (outcome in ('delivered', 'refused', 'failed')),
  status smallint,
  failure text,
  primary key (lane, business_id, subscription_id, event_id, type, attempt)
)
---
-- Directory: which process works the deliveries of a lane, until when by the database's clock. `epoch` grows with every
-- change of hands.
create table market.lane_leases (
  lane smallint primary key,
  owner uuid not null,
  epoch bigint not null,
  expires_at timestamptz not null
)
---
-- Directory: the processes that share the lanes.
create table market.deliverers (
  owner uuid primary key,
  seen_until timestamptz not null
)
