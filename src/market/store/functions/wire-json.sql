-- What the published API says of a chat and of a message, as its JSON, letter for letter; a field without a value is left out.
-- The contract stays the truth: a test reads all that is written here by the operations' declared answers.
create or replace function market.rest_date(p_at timestamptz) returns text
language sql stable parallel safe as $$
  select rtrim(to_json(date_trunc('second', p_at at time zone interval '3 hours'))::text, '"') || '+03:00"'
$$
---
create or replace function market.context_json(p_chat market.chats, p_customer market.customers) returns text
language sql stable parallel safe as $$
  select '{"type":"' || upper(p_chat.context_type collate "C")
    || '","customer":{"name":' || to_json(p_customer.name)::text || ',"publicId":' || to_json(p_customer.public_id)::text || '}'
    || coalesce(',"campaignId":' || p_chat.campaign_id, '')
    || coalesce(',"orderId":' || p_chat.order_id, '')
    || coalesce(',"returnId":' || p_chat.return_id, '') || '}'
$$
---
create or replace function market.chat_json(p_chat market.chats, p_customer market.customers) returns text
language sql stable parallel safe as $$
  select '{"chatId":' || p_chat.chat_id || coalesce(',"orderId":' || p_chat.order_id, '')
    || ',"context":' || market.context_json(p_chat, p_customer)
    || ',"type":"' || upper(p_chat.type collate "C") || '","status":"' || upper(p_chat.status collate "C")
    || '","createdAt":' || market.rest_date(p_chat.created_at)
    || ',"updatedAt":' || market.rest_date(p_chat.updated_at) || '}'
$$
---
-- p_files: what the addresses of the chat's files begin with. The words for senders stand here, joined with what is around them,
-- because each joint costs: this runs a hundred times a page.
create or replace function market.message_json(p_message market.messages, p_files text) returns text
language sql stable parallel safe as $$
  select '{"messageId":' || p_message.message_id || ',"createdAt":'
    || rtrim(to_json(date_trunc('second', p_message.created_at at time zone interval '3 hours'))::text, '"')
    || case p_message.sender
         when 'partner' then '+03:00","sender":"PARTNER","'
         when 'customer' then '+03:00","sender":"CUSTOMER","'
         when 'market' then '+03:00","sender":"MARKET","'
         else '+03:00","sender":"SUPPORT","' end
    || case when p_message.kind = 'file'
         then 'payload":[{"name":' || to_json(p_message.file_name)::text
              || ',"url":' || to_json(p_files || p_message.message_id)::text || ',"size":' || p_message.file_size || '}]}'
         else 'message":' || to_json(p_message.body)::text || '}' end
$$
