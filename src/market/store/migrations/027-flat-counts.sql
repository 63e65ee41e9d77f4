-- Refusals are few: an index of their own costs the answers that are not refused nothing.
create index requests_refused_of_operation on market.requests (lane, business_id, operation, status, at, request_id) where status >= 300
---
-- With the names themselves, so that a name that many have is found to be one without a look at its customers.
create index customers_named on market.customers (lower(name) text_pattern_ops) include (name, customer_id)
---
drop index market.customers_by_name
