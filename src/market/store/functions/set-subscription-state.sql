-- From one of the states p_from to another; false if it is in none of them. One that is enabled starts anew: what waited from
-- before is cancelled, and its failures are forgotten.
create or replace function market.set_subscription_state(
  p_lane smallint, p_business_id bigint, p_subscription_id bigint, p_from text[], p_to text, p_now timestamptz)
returns boolean
language plpgsql as $$
begin
  perform from market.subscriptions s
   where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id and s.state = any(p_from)
     for no key update;
  if not found then return false; end if;
  if p_to <> 'enabled' then
    update market.subscriptions s set state = p_to, state_since = p_now
     where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id;
    return true;
  end if;
  perform market.cancel_deliveries(p_lane, p_business_id, p_subscription_id, p_now, '{waiting}', 100000);
  update market.subscriptions s
     set state = p_to, state_since = p_now, failures = 0, failing_since = null, due_at = to_timestamp(0)
   where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id;
  return true;
end
$$
