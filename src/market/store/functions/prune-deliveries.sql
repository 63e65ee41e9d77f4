-- Removes up to p_most deliveries of a lane that were finished before, with their attempts. Returns how many.
create or replace function market.prune_deliveries(p_lane smallint, p_before timestamptz, p_most integer) returns integer
language plpgsql as $$
declare
  v_businesses bigint[];
  v_subscriptions bigint[];
  v_events bigint[];
  v_types text[];
begin
  select array_agg(k.business_id), array_agg(k.subscription_id), array_agg(k.event_id), array_agg(k.type)
    into v_businesses, v_subscriptions, v_events, v_types
    from (
      select d.business_id, d.subscription_id, d.event_id, d.type from market.deliveries d
       where d.lane = p_lane and d.finished_at < p_before
       order by d.finished_at limit p_most for update skip locked) k;
  -- Key by key: a join with what is to go may be planned the wrong way round.
  for i in 1 .. coalesce(array_length(v_events, 1), 0) loop
    delete from market.delivery_attempts a
     where a.lane = p_lane and a.business_id = v_businesses[i] and a.subscription_id = v_subscriptions[i]
       and a.event_id = v_events[i] and a.type = v_types[i];
    delete from market.deliveries d
     where d.lane = p_lane and d.business_id = v_businesses[i] and d.subscription_id = v_subscriptions[i]
       and d.event_id = v_events[i] and d.type = v_types[i];
  end loop;
  return coalesce(array_length(v_events, 1), 0);
end
$$
