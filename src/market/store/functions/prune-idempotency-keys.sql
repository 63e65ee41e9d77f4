-- Removes up to p_most keys of a lane that were taken before. Returns how many.
create or replace function market.prune_idempotency_keys(p_lane smallint, p_before timestamptz, p_most integer) returns integer
language plpgsql as $$
declare
  v_businesses bigint[];
  v_keys bytea[];
begin
  select array_agg(o.business_id), array_agg(o.key_hash) into v_businesses, v_keys
    from (
      select k.business_id, k.key_hash from market.idempotency_keys k
       where k.lane = p_lane and k.created_at < p_before and k.message_id > 0
       order by k.created_at limit p_most for update skip locked) o;
  -- Key by key: a join with what is to go may be planned the wrong way round.
  for i in 1 .. coalesce(array_length(v_keys, 1), 0) loop
    delete from market.idempotency_keys k
     where k.lane = p_lane and k.business_id = v_businesses[i] and k.key_hash = v_keys[i];
  end loop;
  return coalesce(array_length(v_keys, 1), 0);
end
$$
