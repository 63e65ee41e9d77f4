-- For lists of chats by what they are about, by type and by status: one ordered branch for each state that is asked for.
create index chats_by_state on market.chats (lane, business_id, context_type, type, status, updated_at desc, chat_id desc)
---
-- The returns of an order, whose chats are found by their context then. Returns are put once; messages never touch this.
create index returns_of_order on market.returns (lane, business_id, order_id)
