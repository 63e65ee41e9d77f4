-- Test orders are kept ten days, with everything that hangs on them.
create or replace function market.expire_test_orders(p_lane smallint, p_business_id bigint, p_now timestamptz) returns integer
language plpgsql as $$
declare
  v_orders bigint[];
  v_chats bigint[];
begin
  select array_agg(order_id) into v_orders from (
    select o.order_id from market.orders o
     where o.lane = p_lane and o.business_id = p_business_id and o.fake and o.expires_at <= p_now
     order by o.order_id for update) x;
  if v_orders is null then return 0; end if;
  select array_agg(chat_id) into v_chats from (
    select c.chat_id from market.chats c
     where c.lane = p_lane and c.business_id = p_business_id and c.order_id = any(v_orders)
     order by c.chat_id for update) x;
  delete from market.delivery_attempts a using market.deliveries d
   where d.lane = p_lane and d.business_id = p_business_id and d.chat_id = any(v_chats)
     and a.lane = d.lane and a.business_id = d.business_id and a.subscription_id = d.subscription_id and a.event_id = d.event_id and a.type = d.type;
  delete from market.deliveries d where d.lane = p_lane and d.business_id = p_business_id and d.chat_id = any(v_chats);
  delete from market.messages m where m.lane = p_lane and m.business_id = p_business_id and m.chat_id = any(v_chats);
  delete from market.chats c where c.lane = p_lane and c.business_id = p_business_id and c.chat_id = any(v_chats);
  delete from market.returns r where r.lane = p_lane and r.business_id = p_business_id and r.order_id = any(v_orders);
  delete from market.orders o where o.lane = p_lane and o.business_id = p_business_id and o.order_id = any(v_orders);
  return array_length(v_orders, 1);
end
$$
