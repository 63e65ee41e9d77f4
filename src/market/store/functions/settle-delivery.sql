-- Writes down what became of an attempt, if it is still the one in flight: stale otherwise, and nothing is changed.
-- p_failures is what the subscription had when the attempt began, p_due_at when to try again; null disables it.
create or replace function market.settle_delivery(
  p_lane smallint, p_business_id bigint, p_subscription_id bigint, p_event_id bigint, p_type text, p_attempt integer, p_now timestamptz,
  p_outcome text, p_status smallint, p_failure text, p_duration_ms integer, p_failures integer, p_due_at timestamptz)
returns text
language plpgsql as $$
declare
  v_state text;
  v_failures integer;
  v_next text;
  v_started timestamptz;
begin
  select s.state, s.failures into v_state, v_failures from market.subscriptions s
   where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id;
  -- The row is left alone while all goes well. If it is to change, it is locked before the delivery.
  if p_outcome = 'failed' or v_failures > 0 then
    select s.state, s.failures into v_state, v_failures from market.subscriptions s
     where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id
       for no key update;
  end if;
  v_next := case when p_outcome <> 'failed' then p_outcome when v_state = 'enabled' then 'waiting' else 'cancelled' end;
  update market.deliveries d set state = v_next, finished_at = case when v_next <> 'waiting' then p_now end
   where d.lane = p_lane and d.business_id = p_business_id and d.subscription_id = p_subscription_id
     and d.event_id = p_event_id and d.type = p_type and d.state = 'in_flight' and d.attempt = p_attempt
  returning d.attempted_at into v_started;
  if not found then return 'stale'; end if;
  insert into market.delivery_attempts
    (lane, business_id, subscription_id, event_id, type, attempt, started_at, duration_ms, outcome, status, failure)
  values (p_lane, p_business_id, p_subscription_id, p_event_id, p_type, p_attempt, v_started, p_duration_ms, p_outcome, p_status, p_failure)
  on conflict do nothing;

  if v_next = 'cancelled' then
    update market.subscriptions s set cancelled = s.cancelled + 1
     where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id;
  elsif p_outcome <> 'failed' then
    if v_failures > 0 then
      update market.subscriptions s set failures = 0, failing_since = null, due_at = to_timestamp(0)
       where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id;
    end if;
  elsif p_failure = 'interrupted' or v_failures <> p_failures then
    null; -- it says nothing of the shop, or was begun before the subscription was enabled anew
  else
    update market.subscriptions s
       set failures = s.failures + 1, failing_since = coalesce(s.failing_since, v_started), due_at = coalesce(p_due_at, s.due_at),
           state = case when p_due_at is null then 'failed' else s.state end,
           state_since = case when p_due_at is null then p_now else s.state_since end
     where s.lane = p_lane and s.business_id = p_business_id and s.subscription_id = p_subscription_id;
    if p_due_at is null then
      perform market.cancel_deliveries(p_lane, p_business_id, p_subscription_id, p_now, '{waiting}', 1000);
    end if;
  end if;
  return 'settled';
end
$$
