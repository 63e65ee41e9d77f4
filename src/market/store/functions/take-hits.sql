-- Takes from, or (negative) gives back to, the hour of several (business, operation) pairs, sorted by them: the same lock
-- order for everyone. Grants no more than what is left. An hour that is over starts the row anew; a clock that steps back
-- does not. What was taken in one hour is not given back to another.
create or replace function market.take_hits(p_lane smallint, p_window timestamptz, p_business bigint[], p_operation text[], p_wanted integer[], p_limit integer[])
returns table (granted integer, hits integer)
language plpgsql as $$
declare
  v_before integer;
  v_window timestamptz;
begin
  for i in 1 .. coalesce(array_length(p_business, 1), 0) loop
    insert into market.hourly_hits (lane, business_id, operation, window_start, hits)
    values (market.lane_of(p_business[i]), p_business[i], p_operation[i], p_window, 0)
    on conflict (lane, business_id, operation) do nothing;

    select case when h.window_start < p_window then 0 else h.hits end, h.window_start into v_before, v_window
      from market.hourly_hits h
     where h.lane = market.lane_of(p_business[i]) and h.business_id = p_business[i] and h.operation = p_operation[i]
       for update;

    granted := case
      when p_wanted[i] >= 0 then least(p_wanted[i], greatest(p_limit[i] - v_before, 0))
      when v_window = p_window then p_wanted[i]
      else 0 end;
    hits := greatest(v_before + granted, 0);
    update market.hourly_hits h
       set hits = take_hits.hits, window_start = greatest(h.window_start, p_window)
     where h.lane = market.lane_of(p_business[i]) and h.business_id = p_business[i] and h.operation = p_operation[i];
    return next;
  end loop;
end
$$
