-- Cancels, oldest first, up to p_most unfinished deliveries of a subscription that is not enabled, and counts them there.
-- The subscription is locked before its deliveries, here and everywhere: no ring of locks.
create or replace function market.cancel_deliveries(
  p_lane smallint, p_business_id bigint, p_subscription_id bigint, p_now timestamptz, p_states text[], p_most integer)
returns integer
language plpgsql as $$
declare
  v_event bigint;
  v_type text;
  v_count integer;
begin
  perform from market.subscriptions s
   where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id and s.state <> 'enabled'
     for no key update;
  if not found then return 0; end if;
  -- The last of as many as are to be cancelled now; none if there are fewer.
  select d.event_id, d.type into v_event, v_type from market.deliveries d
   where d.lane = p_lane and d.business_id = p_business_id and d.subscription_id = p_subscription_id
     and d.state in ('waiting', 'in_flight') and d.state = any(p_states)
   order by d.event_id, d.type offset p_most - 1 limit 1;
  update market.deliveries d set state = 'cancelled', finished_at = p_now
   where d.lane = p_lane and d.business_id = p_business_id and d.subscription_id = p_subscription_id
     and d.state in ('waiting', 'in_flight') and d.state = any(p_states)
     and (v_event is null or (d.event_id, d.type) <= (v_event, v_type));
  get diagnostics v_count = row_count;
  if v_count > 0 then
    update market.subscriptions s set cancelled = s.cancelled + v_count
     where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id;
  end if;
  return v_count;
end
$$
