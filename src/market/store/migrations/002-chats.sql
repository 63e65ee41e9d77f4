-- Everything of a business. Keys begin with (lane, business_id) and every query names both.
create table market.orders (
  lane smallint not null,
  business_id bigint not null,
  order_id bigint not null check (order_id > 0),
  campaign_id bigint not null,
  customer_id bigint not null,
  status text not null,
  items jsonb not null,
  fake boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (lane, business_id, order_id)
)
---
create index orders_expiring on market.orders (lane, business_id, expires_at) where expires_at is not null
---
create table market.returns (
  lane smallint not null,
  business_id bigint not null,
  return_id bigint not null check (return_id > 0),
  order_id bigint not null,
  created_at timestamptz not null,
  primary key (lane, business_id, return_id),
  foreign key (lane, business_id, order_id) references market.orders
)
---
-- context_id is the order, the return, or (direct) the customer. changed_in says in which transaction the chat last moved:
-- a walk over pages finds with it what moved behind its back.
create table market.chats (
  lane smallint not null,
  business_id bigint not null,
  chat_id bigint not null,
  context_type text not null check (context_type in ('order', 'return', 'direct')),
  context_id bigint not null,
  order_id bigint,
  return_id bigint,
  campaign_id bigint,
  customer_id bigint not null,
  fake boolean not null,
  type text not null,
  status text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  changed_at timestamptz not null,
  changed_in xid8 not null,
  last_message_id bigint not null,
  primary key (lane, business_id, chat_id),
  unique (lane, business_id, context_type, context_id)
)
---
create index chats_newest on market.chats (lane, business_id, updated_at desc, chat_id desc)
---
create index chats_of_customer on market.chats (lane, business_id, customer_id, updated_at desc, chat_id desc)
---
create table market.messages (
  lane smallint not null,
  business_id bigint not null,
  chat_id bigint not null,
  message_id bigint not null,
  created_at timestamptz not null,
  sender text not null check (sender in ('partner', 'customer', 'market', 'support')),
  kind text not null check (kind in ('text', 'file', 'sticker')),
  body text,
  file_name text,
  file_size integer,
  file_hash text,
  file_type text,
  primary key (lane, business_id, chat_id, message_id),
  check ((kind = 'file') = (file_hash is not null)),
  check ((kind = 'file') = (body is null))
)
---
create table market.subscriptions (
  lane smallint not null,
  business_id bigint not null,
  subscription_id bigint not null,
  name text not null,
  url text not null,
  types text[] not null,
  is_enabled boolean not null,
  created_at timestamptz not null,
  primary key (lane, business_id, subscription_id)
)
---
-- A delivery is written in the transaction of what it tells of; event_id is the message, the chat or the dispute's event:
-- (subscription, event, type) is its natural key.
create table market.deliveries (
  lane smallint not null,
  business_id bigint not null,
  subscription_id bigint not null,
  event_id bigint not null,
  type text not null,
  chat_id bigint not null,
  message_id bigint,
  happened_at timestamptz not null,
  state text not null,
  due_at timestamptz not null,
  primary key (lane, business_id, subscription_id, event_id, type)
)
---
-- How much of its hour a business has used, per operation. A row is reused hour after hour.
create table market.hourly_hits (
  lane smallint not null,
  business_id bigint not null,
  operation text not null,
  window_start timestamptz not null,
  hits integer not null,
  primary key (lane, business_id, operation)
) with (fillfactor = 50)
