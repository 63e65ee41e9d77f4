-- The chat of a context: the one there is, or a new one. Callers who race get the same chat; only the one who made it
-- tells the subscriptions. For a direct chat the context is the customer.
create or replace function market.open_chat(
  p_lane smallint, p_now timestamptz, p_business_id bigint, p_context_type text, p_context_id bigint,
  p_order_id bigint, p_return_id bigint, p_campaign_id bigint, p_customer_id bigint, p_fake boolean)
returns table (chat_id bigint, is_new boolean)
language plpgsql as $$
declare
  v_id bigint;
  v_made bigint;
begin
  select c.chat_id into v_made from market.chats c
   where c.lane = p_lane and c.business_id = p_business_id and c.context_type = p_context_type and c.context_id = p_context_id;
  if v_made is not null then return query select v_made, false; return; end if;

  v_id := (market.take_ids(1, 0))[1];
  insert into market.chats as c (lane, business_id, chat_id, context_type, context_id, order_id, return_id, campaign_id, customer_id,
                                 fake, type, status, created_at, updated_at, changed_at, changed_in, last_message_id)
  values (p_lane, p_business_id, v_id, p_context_type, p_context_id, p_order_id, p_return_id, p_campaign_id, p_customer_id,
          p_fake, 'chat', 'new', p_now, p_now, p_now, pg_current_xact_id(), 0)
  on conflict (lane, business_id, context_type, context_id) do nothing
  returning c.chat_id into v_made;
  if v_made is null then
    select c.chat_id into v_made from market.chats c
     where c.lane = p_lane and c.business_id = p_business_id and c.context_type = p_context_type and c.context_id = p_context_id;
    return query select v_made, false;
    return;
  end if;

  insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, message_id, happened_at, state)
  select s.lane, s.business_id, s.subscription_id, v_id, 'chat_created', v_id, null, p_now, 'waiting'
    from market.subscriptions s
   where s.lane = p_lane and s.business_id = p_business_id and s.state = 'enabled' and 'chat_created' = any(s.types);
  return query select v_made, true;
end
$$
