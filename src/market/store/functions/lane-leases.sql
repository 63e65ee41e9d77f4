-- Says that a process lives, and renews the lanes it holds. What it should hold at most: an equal share of the 64.
create or replace function market.renew_lanes(p_owner uuid, p_ttl_ms integer)
returns table (lanes smallint[], epochs bigint[], share integer)
language plpgsql as $$
declare
  v_now timestamptz := clock_timestamp();
  v_until timestamptz := v_now + make_interval(secs => p_ttl_ms / 1000.0);
  v_gone uuid[];
  v_live integer;
  -- Further ahead than any lease: written before the clock stepped back.
  v_never timestamptz := v_now + interval '1 minute';
begin
  insert into market.deliverers (owner, seen_until) values (p_owner, v_until)
  on conflict (owner) do update set seen_until = excluded.seen_until;
  select array_agg(g.owner) into v_gone from (
    select d.owner from market.deliverers d where d.seen_until < v_now - interval '1 minute' or d.seen_until > v_never for update skip locked) g;
  delete from market.deliverers d where d.owner = any(v_gone);
  select count(*) into v_live from market.deliverers d where d.seen_until > v_now;
  share := ceil(64.0 / greatest(v_live, 1));

  select array_agg(h.lane), array_agg(h.epoch) into lanes, epochs from (
    select l.lane, l.epoch from market.lane_leases l where l.owner = p_owner order by l.lane for no key update) h;
  update market.lane_leases l set expires_at = v_until where l.owner = p_owner and l.lane = any(lanes);
  lanes := coalesce(lanes, '{}');
  epochs := coalesce(epochs, '{}');
  return next;
end
$$
---
-- Takes up to p_most lanes that nobody holds. Each process looks for them in an order of its own, and locks them in the order
-- of their numbers, as everybody does.
create or replace function market.take_lanes(p_owner uuid, p_ttl_ms integer, p_most integer) returns integer
language plpgsql as $$
declare
  v_now timestamptz := clock_timestamp();
  v_until timestamptz := v_now + make_interval(secs => p_ttl_ms / 1000.0);
  v_never timestamptz := v_now + interval '1 minute'; -- as in renew_lanes
  v_free smallint[];
  v_lane smallint;
  v_count integer;
  v_taken integer := 0;
begin
  select array_agg(f.lane order by f.lane) into v_free from (
    select g.lane::smallint as lane
      from generate_series(0, 63) as g(lane) left join market.lane_leases l on l.lane = g.lane
     where l.lane is null or l.expires_at <= v_now or l.expires_at > v_never
     order by md5(p_owner::text || g.lane) limit p_most) f;
  foreach v_lane in array coalesce(v_free, '{}') loop
    insert into market.lane_leases as l (lane, owner, epoch, expires_at) values (v_lane, p_owner, 1, v_until)
    on conflict (lane) do update set owner = excluded.owner, epoch = l.epoch + 1, expires_at = excluded.expires_at
      where l.expires_at <= v_now or l.expires_at > v_never;
    get diagnostics v_count = row_count;
    v_taken := v_taken + v_count;
  end loop;
  return v_taken;
end
$$
---
-- Gives lanes back: they are nobody's at once.
create or replace function market.release_lanes(p_owner uuid, p_lanes smallint[]) returns void
language plpgsql as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  perform from market.lane_leases l where l.owner = p_owner and l.lane = any(p_lanes) order by l.lane for no key update;
  update market.lane_leases l set owner = '00000000-0000-0000-0000-000000000000', expires_at = v_now
   where l.owner = p_owner and l.lane = any(p_lanes);
end
$$
