-- Directory: whether the lab's buyers answer in chats about test orders; in the real ones nobody does.
alter table market.businesses add column test_chats_answer boolean not null default false
---
-- Simulated customers. What one does next is read from its chat: the messages after after_message_id. Nothing here says
-- how far it has come.
create table market.lab_buyers (
  lane smallint not null,
  business_id bigint not null,
  buyer_id bigint not null,
  chat_id bigint not null,
  customer_id bigint not null,
  persona text not null,
  intent text not null,
  plot text not null,
  seed integer not null,
  rate double precision not null check (rate > 0),
  is_joined boolean not null,
  after_message_id bigint not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  is_removed boolean not null,
  primary key (lane, business_id, buyer_id)
)
---
-- One at a time speaks for the customer of a chat.
create unique index lab_buyers_acting on market.lab_buyers (lane, business_id, chat_id) where ended_at is null
