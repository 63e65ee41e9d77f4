-- How much of its quotas a customer has used. A customer belongs to no business: the lane is lane_of(customer_id), which spreads
-- what is written with every request. A row is used again window after window.
create table market.customer_quotas (
  lane smallint not null,
  customer_id bigint not null,
  quota text not null,
  window_start timestamptz not null,
  used integer not null,
  primary key (lane, customer_id, quota)
) with (fillfactor = 50)
