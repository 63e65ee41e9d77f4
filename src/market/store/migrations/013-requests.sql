-- The query log: requests to the published API, by the business of their key. request_id is unique among those of one
-- moment; text_bytes is what a search has to read. Read newest first and pruned from the oldest: the key serves both.
create table market.requests (
  lane smallint not null,
  business_id bigint not null,
  at timestamptz(3) not null,
  request_id bigint not null,
  key_id bigint not null,
  operation text not null,
  method text not null,
  path text not null,
  status smallint not null,
  duration_ms integer not null,
  trace_id uuid not null,
  request_body text,
  response_body text,
  is_cut boolean not null,
  text_bytes integer not null,
  primary key (lane, business_id, at, request_id)
)
