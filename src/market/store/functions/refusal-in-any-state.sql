-- Why an event cannot happen in a chat, whatever its state; null if it can. p_customer: who says that the chat is theirs, or null.
create or replace function market.refusal_in_any_state(
  p_event text, p_customer bigint, p_owner bigint, p_is_test boolean, p_is_by_lab boolean, p_context text) returns text
language sql immutable parallel safe
return case
  when p_customer <> p_owner then 'no_chat'
  when p_is_test and not p_is_by_lab and p_event in ('customer_writes', 'dispute_opened') then 'no_customer'
  when p_context = 'direct' and p_event = 'dispute_opened' then 'refused'
end
