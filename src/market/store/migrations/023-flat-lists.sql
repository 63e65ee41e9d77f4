-- What a list looks for among very many rows, by indexes that the common rows are not in: a message that is posted, and a delivery
-- that is taken, touch none of those of market.deliveries.
create index deliveries_of_events on market.deliveries (lane, business_id, subscription_id, type, event_id) where type <> 'message_sent'
---
-- Disputes may begin and end without a message by which they would be found.
create index deliveries_of_disputes on market.deliveries (lane, business_id, chat_id, event_id, type, subscription_id)
 where type in ('dispute_started', 'dispute_finished')
---
create index deliveries_not_taken on market.deliveries (lane, business_id, subscription_id, state, event_id, type)
 where state in ('refused', 'cancelled')
---
create index requests_by_operation on market.requests (lane, business_id, operation, at, request_id)
---
create index requests_refused on market.requests (lane, business_id, status, at, request_id) where status >= 300
---
-- Directory: customers by how their names begin, in any case, whatever the database's collation.
create index customers_by_name on market.customers (lower(name) text_pattern_ops)
