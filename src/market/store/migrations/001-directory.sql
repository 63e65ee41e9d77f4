-- The directory: what belongs to no single lane. Few, small tables, read through a cache; reference tables when distributed.
-- Statements are separated by lines of three dashes: one statement is one query.
create schema if not exists market
---
-- Numbers for rows of the directory. No column's default: whoever inserts asks.
create sequence market.directory_numbers
---
create table market.settings (
  name text primary key,
  value text not null
)
---
create table market.businesses (
  business_id bigint primary key check (business_id > 0),
  name text not null,
  direct_messages text not null check (direct_messages in ('off', 'subscribers', 'all')),
  api_disabled boolean not null,
  created_at timestamptz not null
)
---
create table market.campaigns (
  campaign_id bigint primary key check (campaign_id > 0),
  business_id bigint not null references market.businesses,
  domain text not null,
  placement_type text not null check (placement_type in ('fbs', 'fby', 'dbs', 'laas')),
  client_id bigint not null,
  api_availability text not null,
  created_at timestamptz not null
)
---
create index campaigns_of_business on market.campaigns (business_id, campaign_id)
---
create table market.api_keys (
  key_id bigint primary key,
  business_id bigint not null references market.businesses,
  name text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
)
---
create index api_keys_of_business on market.api_keys (business_id, key_id)
---
create table market.customers (
  customer_id bigint primary key,
  public_id text not null unique,
  name text not null,
  created_at timestamptz not null
)
---
create table market.customer_subscriptions (
  customer_id bigint not null references market.customers,
  business_id bigint not null references market.businesses,
  primary key (customer_id, business_id)
)
---
-- Where a customer has, or is about to have, chats: from here a customer's chats are reached by business.
create table market.customer_businesses (
  customer_id bigint not null references market.customers,
  business_id bigint not null references market.businesses,
  primary key (customer_id, business_id)
)
