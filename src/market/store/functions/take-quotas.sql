-- Takes from, or (negative) gives back to, quotas of customers, sorted by customer and quota: the same lock order for everyone.
-- Each is taken whole or not at all. p_usual is the limit of a quota unless the setting 'buyer quotas' has another one. A window
-- that is over starts the row anew, and so does one further ahead than the next: a clock was wrong then. One step back of a
-- clock does not.
create or replace function market.take_quotas(p_lane smallint, p_now timestamptz, p_customer bigint[], p_quota text[], p_amount integer[], p_seconds integer[], p_usual integer[])
returns table (is_granted boolean, most integer, ends_at timestamptz)
language plpgsql as $$
declare
  v_kept jsonb := (select s.value::jsonb from market.settings s where s.name = 'buyer quotas');
  v_window timestamptz;
begin
  for i in 1 .. coalesce(array_length(p_customer, 1), 0) loop
    most := coalesce((v_kept ->> p_quota[i])::integer, p_usual[i]);
    v_window := to_timestamp(floor(extract(epoch from p_now) / p_seconds[i]) * p_seconds[i]);
    ends_at := v_window + make_interval(secs => p_seconds[i]);

    is_granted := false;
    if p_amount[i] <= most then
      insert into market.customer_quotas as q (lane, customer_id, quota, window_start, used)
      values (market.lane_of(p_customer[i]), p_customer[i], p_quota[i], v_window, greatest(p_amount[i], 0))
      on conflict (lane, customer_id, quota) do update
         set window_start = case when q.window_start = ends_at then ends_at else v_window end,
             used = greatest(case when q.window_start in (v_window, ends_at) then q.used else 0 end + p_amount[i], 0)
       where p_amount[i] <= 0
          or case when q.window_start in (v_window, ends_at) then q.used else 0 end + p_amount[i] <= most;
      is_granted := found;
    end if;
    return next;
  end loop;
end
$$
