-- Refusals are few: an index of their own costs the answers that are not refused nothing.
create index requests_refused_of_operation on market.requests (lane, business_id, operation, status, at, request_id) where status >= 300
