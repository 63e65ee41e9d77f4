-- Whether a process still holds a cabinet; until the end of the transaction nobody can take it over. A put of an old owner is
-- done before the takeover, or changes nothing.
create or replace function desk.holds(p_cabinet bigint, p_owner uuid, p_epoch bigint) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('desk.leases', p_cabinet));
  return exists (select from desk.leases l where l.cabinet_id = p_cabinet and l.owner = p_owner and l.epoch = p_epoch);
end
$$
---
-- Renews what a process holds of the cabinets that are to be worked, and takes those that nobody holds.
create or replace function desk.keep_leases(p_owner uuid, p_ttl_ms integer)
returns table (cabinet_id bigint, epoch bigint)
language plpgsql as $$
declare
  v_until timestamptz;
  -- Further ahead than any lease: written before the clock stepped back.
  v_never interval := interval '1 minute';
  v_free bigint[];
  v_cabinet bigint;
begin
  update desk.leases l set expires_at = clock_timestamp() + make_interval(secs => p_ttl_ms / 1000.0)
    from desk.cabinets c
   where c.cabinet_id = l.cabinet_id and c.state = 'active' and l.owner = p_owner;
  update desk.leases l set owner = null, expires_at = '-infinity'
    from desk.cabinets c
   where c.cabinet_id = l.cabinet_id and c.state <> 'active' and l.owner = p_owner;
  select array_agg(l.cabinet_id order by l.cabinet_id) into v_free
    from desk.leases l join desk.cabinets c on c.cabinet_id = l.cabinet_id
   where c.state = 'active' and l.owner is distinct from p_owner
     and (l.expires_at <= clock_timestamp() or l.expires_at > clock_timestamp() + v_never);
  foreach v_cabinet in array coalesce(v_free, '{}') loop
    -- Who writes as the owner holds it shared: what is under way ends first.
    perform pg_advisory_xact_lock(hashtextextended('desk.leases', v_cabinet));
    v_until := clock_timestamp() + make_interval(secs => p_ttl_ms / 1000.0);
    update desk.leases l set owner = p_owner, epoch = l.epoch + 1, expires_at = v_until
     where l.cabinet_id = v_cabinet and (l.expires_at <= clock_timestamp() or l.expires_at > clock_timestamp() + v_never);
  end loop;
  return query select l.cabinet_id, l.epoch from desk.leases l where l.owner = p_owner order by l.cabinet_id;
end
$$
