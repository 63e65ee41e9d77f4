-- The one transition table, as in transitions.ts (a test compares every cell): `type/status` after an event, null if
-- the event is refused in that state.
create or replace function market.next_state(p_type text, p_status text, p_event text) returns text
language sql immutable parallel safe
return case
  when p_event in ('support_writes', 'market_writes') then p_type || '/' || p_status
  when p_status = 'finished' then case p_event
    when 'partner_writes' then 'chat/waiting_for_customer'
    when 'customer_writes' then 'chat/waiting_for_partner'
    when 'asks_partner' then 'chat/waiting_for_partner'
    when 'asks_customer' then 'chat/waiting_for_customer'
    when 'asks_market' then 'chat/waiting_for_market'
    when 'closed' then p_type || '/finished'
    when 'dispute_opened' then case when p_type = 'chat' then 'arbitrage/waiting_for_arbiter' end
  end
  when p_type = 'chat' then case p_event
    when 'partner_writes' then 'chat/waiting_for_customer'
    when 'customer_writes' then 'chat/waiting_for_partner'
    when 'asks_partner' then 'chat/waiting_for_partner'
    when 'asks_customer' then 'chat/waiting_for_customer'
    when 'asks_market' then 'chat/waiting_for_market'
    when 'dispute_opened' then 'arbitrage/waiting_for_arbiter'
    when 'closed' then 'chat/finished'
  end
  else case p_event
    when 'partner_writes' then 'arbitrage/waiting_for_arbiter'
    when 'customer_writes' then 'arbitrage/waiting_for_arbiter'
    when 'asks_partner' then 'arbitrage/waiting_for_partner'
    when 'asks_customer' then 'arbitrage/waiting_for_customer'
    when 'asks_arbiter' then 'arbitrage/waiting_for_arbiter'
    when 'asks_market' then 'arbitrage/waiting_for_market'
    when 'dispute_finished' then 'arbitrage/finished'
  end
end
