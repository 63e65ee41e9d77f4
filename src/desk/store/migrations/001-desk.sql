-- The desk of a shop. Keys begin with the cabinet: a business at a market, as this desk knows it. Two markets may number their
-- businesses alike.
create sequence desk.ids increment 1 start 1000
---
-- What is kept once: a fingerprint of the secret that the keys are sealed with.
create table desk.settings (
  name text primary key,
  value text not null
)
---
create table desk.cabinets (
  cabinet_id bigint primary key,
  base_url text not null,
  business_id bigint not null,
  name text not null,
  -- The Api-Key, sealed: nonce, text and tag of AES-256-GCM with the cabinet's id as what is authenticated besides.
  sealed_key bytea not null,
  key_name text not null,
  scopes text[] not null,
  -- SHA-256 of the secret in the path for notifications, and the secret itself, sealed, to be shown again.
  notification_hash bytea not null unique,
  sealed_notification_secret bytea not null,
  notified_at timestamptz,
  state text not null check (state in ('active', 'paused', 'refused')),
  -- Why the market refuses the key; with the state `refused` alone.
  refusal text,
  checked_at timestamptz,
  away_since timestamptz,
  created_at timestamptz not null,
  unique (base_url, business_id),
  check ((state = 'refused') = (refusal is not null))
)
---
create table desk.campaigns (
  cabinet_id bigint not null references desk.cabinets on delete cascade,
  campaign_id bigint not null,
  name text not null,
  primary key (cabinet_id, campaign_id)
)
---
-- The desk processes of this database, as long as they renew: each works its share of the cabinets.
create table desk.processes (
  owner uuid primary key,
  began_at timestamptz not null,
  expires_at timestamptz not null
)
---
-- Who works a cabinet: one process, as long as it renews. The epoch grows with each owner and fences what an old one writes.
-- Without an owner it is free; until expires_at only for processes that began after `since`, when it was given back.
create table desk.leases (
  cabinet_id bigint primary key references desk.cabinets on delete cascade,
  owner uuid,
  epoch bigint not null default 0,
  expires_at timestamptz not null default '-infinity',
  since timestamptz not null default '-infinity'
)
---
-- What the client's sync notes, and how far it is, as JSON.
create table desk.syncs (
  cabinet_id bigint primary key references desk.cabinets on delete cascade,
  notes text,
  progress jsonb,
  -- Whether all chats that there were have been read once.
  is_mirrored boolean not null default false,
  limits jsonb,
  proof jsonb,
  proof_wanted_at timestamptz,
  problem text,
  problem_at timestamptz
)
---
-- A chat as the market tells it, its mark, and what is computed from its messages in the transaction that puts them.
-- waiting_since: the first message of the buyer after the last one of the shop; null if the shop spoke last.
-- done_to_message_id: an operator said that no answer is needed, to this message.
-- news_since: since when the list shows news of the chat that was not read.
create table desk.chats (
  cabinet_id bigint not null references desk.cabinets on delete cascade,
  chat_id bigint not null,
  context_type text not null,
  order_id bigint,
  return_id bigint,
  campaign_id bigint,
  customer_name text,
  customer_public_id text,
  type text not null,
  status text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  mark jsonb,
  news_since timestamptz,
  last_message_id bigint,
  last_at timestamptz,
  last_sender text,
  last_text text,
  last_files integer not null default 0,
  unread integer not null default 0,
  read_to_message_id bigint not null default 0,
  waiting_since timestamptz,
  done_to_message_id bigint,
  -- Of the desk's views: whose move it is, as desk.view_of has it.
  view text not null check (view in ('waiting', 'disputes', 'buyer', 'finished')),
  -- Grows with every change of the row; not in the order of commits.
  changed bigint not null,
  primary key (cabinet_id, chat_id)
)
---
create sequence desk.changes
---
-- The lists of the inbox: of each cabinet those that wait longest first, the newest first, and the newest of a view.
create index chats_longest on desk.chats (cabinet_id, view, (coalesce(waiting_since, updated_at)), chat_id)
---
create index chats_newest on desk.chats (cabinet_id, (coalesce(last_at, updated_at)), chat_id)
---
create index chats_newest_of_view on desk.chats (cabinet_id, view, (coalesce(last_at, updated_at)), chat_id)
---
-- The counts of the views are read from it alone.
create index chats_counted on desk.chats (cabinet_id, view, campaign_id, context_type)
---
create index chats_with_news on desk.chats (cabinet_id, news_since) where news_since is not null
---
create index chats_of_order on desk.chats (cabinet_id, order_id) where order_id is not null
---
create index chats_of_return on desk.chats (cabinet_id, return_id) where return_id is not null
---
create index chats_of_customer on desk.chats using gin (to_tsvector('simple', coalesce(customer_name, '')))
---
create table desk.messages (
  cabinet_id bigint not null,
  chat_id bigint not null,
  message_id bigint not null,
  created_at timestamptz not null,
  sender text not null,
  text text,
  -- [{name, url, sizeBytes}] as the market gave it.
  files jsonb,
  words tsvector generated always as (
    to_tsvector('russian', left(coalesce(text, ''), 20000)) || to_tsvector('simple', left(coalesce(text, ''), 20000))
  ) stored,
  primary key (cabinet_id, chat_id, message_id),
  foreign key (cabinet_id, chat_id) references desk.chats on delete cascade
)
---
-- Messages that notifications have named and that were not here then. What has come, or does not exist at the market, is deleted.
create table desk.told_messages (
  cabinet_id bigint not null references desk.cabinets on delete cascade,
  chat_id bigint not null,
  message_id bigint not null,
  told_at timestamptz not null,
  primary key (cabinet_id, chat_id, message_id)
)
---
create index messages_words on desk.messages using gin (words)
---
-- A search for a frequent word goes along it and has its newest messages soon.
create index messages_newest on desk.messages (created_at, cabinet_id, chat_id, message_id)
---
-- How soon the shop answers is computed along it.
create index messages_of_shop on desk.messages (cabinet_id, created_at) where sender = 'PARTNER'
---
-- Each file of a message, fetched once. next_at: when it is tried (again).
create table desk.files (
  cabinet_id bigint not null,
  chat_id bigint not null,
  message_id bigint not null,
  position smallint not null,
  name text not null,
  url text not null,
  size_bytes bigint not null,
  state text not null check (state in ('waiting', 'kept', 'failed')),
  hash bytea,
  media_type text,
  why text,
  attempts integer not null default 0,
  next_at timestamptz not null,
  primary key (cabinet_id, chat_id, message_id, position),
  foreign key (cabinet_id, chat_id, message_id) references desk.messages on delete cascade,
  check ((state = 'kept') = (hash is not null))
)
---
create index files_due on desk.files (cabinet_id, next_at) where state = 'waiting'
---
create index files_by_hash on desk.files (cabinet_id, hash) where hash is not null
---
-- An answer is a row before it is a request. answer_id is chosen by whoever writes and is the Idempotency-Key at the market.
--   waiting    may be taken back until leaves_at
--   sending    an attempt is under way, or its process has died in it; attempt counts them and fences
--   sent       the market has accepted it; its message is not seen yet
--   confirmed  the mirror has it as message_id
--   failed     refused, nothing was written: why says it, for people
--   unknown    nobody can tell: history is read, or a person decides
--   cancelled  taken back
create table desk.answers (
  cabinet_id bigint not null,
  answer_id uuid not null,
  chat_id bigint not null,
  position bigint not null,
  account_id text not null,
  text text,
  file_name text,
  file_hash bytea,
  file_size bigint,
  -- By what its message is recognized: the text as every form of it comes out, or the file's size and name.
  print text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'confirmed', 'failed', 'unknown', 'cancelled')),
  created_at timestamptz not null,
  leaves_at timestamptz not null,
  -- The newest message of the chat that was known when it was first sent: the history is read from there.
  since_message_id bigint,
  attempt integer not null default 0,
  sent_at timestamptz,
  message_id bigint,
  why text,
  -- Of a refusal, and of what waits for the market: a word that pages have sentences for.
  reason text,
  next_at timestamptz,
  primary key (cabinet_id, answer_id),
  foreign key (cabinet_id, chat_id) references desk.chats on delete cascade,
  check ((text is null) <> (file_hash is null)),
  check ((state = 'confirmed') = (message_id is not null)),
  check (state not in ('failed', 'unknown') or why is not null)
)
---
create unique index answers_in_order on desk.answers (cabinet_id, chat_id, position)
---
create index answers_by_hash on desk.answers (cabinet_id, file_hash) where file_hash is not null
---
create index answers_open on desk.answers (cabinet_id, chat_id, position) where state in ('waiting', 'sending', 'sent', 'unknown')
---
create table desk.drafts (
  cabinet_id bigint not null,
  chat_id bigint not null,
  account_id text not null,
  text text not null,
  saved_at timestamptz not null,
  primary key (cabinet_id, chat_id, account_id),
  foreign key (cabinet_id, chat_id) references desk.chats on delete cascade
)
---
create table desk.canned_replies (
  cabinet_id bigint not null references desk.cabinets on delete cascade,
  reply_id uuid not null,
  folder text not null default '',
  title text not null,
  text text not null,
  uses integer not null default 0,
  used_at timestamptz,
  -- Grows with every change, so that nobody overwrites what they have not seen.
  version integer not null default 1,
  primary key (cabinet_id, reply_id)
)
---
-- What goes out with a reply. file_id is chosen by whoever adds it.
create table desk.reply_files (
  cabinet_id bigint not null,
  reply_id uuid not null,
  file_id uuid not null,
  position bigint not null default nextval('desk.ids'),
  name text not null,
  hash bytea not null,
  size_bytes integer not null,
  media_type text not null,
  primary key (cabinet_id, reply_id, file_id),
  foreign key (cabinet_id, reply_id) references desk.canned_replies on delete cascade
)
---
-- Whether anything names a file: what nothing names is removed.
create index reply_files_by_hash on desk.reply_files (cabinet_id, hash)
---
-- What the market said of an order, or that it would not say.
create table desk.orders (
  cabinet_id bigint not null references desk.cabinets on delete cascade,
  order_id bigint not null,
  fields jsonb,
  missing_scope text,
  read_at timestamptz not null,
  primary key (cabinet_id, order_id)
)
---
-- What an operator chose: keys, undo, sounds.
create table desk.preferences (
  account_id text primary key,
  fields jsonb not null
)
---
-- Who may sign in. The password is a string of Argon2id; null until one is set.
create table desk.accounts (
  account_id text primary key,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'operator', 'viewer')),
  password text,
  is_disabled boolean not null default false,
  created_at timestamptz not null
)
---
create unique index accounts_by_email on desk.accounts (lower(email))
---
-- Who is signed in. The cookie has a secret, of which the hash is kept. may_set_password: begun by a one-time link.
create table desk.sessions (
  session_id text primary key,
  account_id text not null references desk.accounts on delete cascade,
  hash bytea not null unique,
  may_set_password boolean not null,
  user_agent text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
)
---
create index sessions_of_account on desk.sessions (account_id)
---
-- Links that sign in once.
create table desk.tickets (
  hash bytea primary key,
  account_id text not null references desk.accounts on delete cascade,
  expires_at timestamptz not null
)
---
-- Attempts to sign in that have failed, by what was tried: an address, or a place on the network.
create table desk.sign_in_failures (
  subject text primary key,
  count integer not null,
  until timestamptz not null
)
