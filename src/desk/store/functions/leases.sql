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
-- Whether a time to which something is held is to come. Further ahead than any lease it was written before the clock stepped back.
create or replace function desk.is_ahead(p_until timestamptz) returns boolean
language sql volatile parallel safe
return p_until > clock_timestamp() and p_until <= clock_timestamp() + interval '1 minute'
---
-- How many cabinets are a process's share among those that live and began until then: all have as many, and the oldest one more
-- if it does not come out even.
create or replace function desk.share_among(p_owner uuid, p_began_to timestamptz) returns integer
language sql volatile as $$
  select r.share::integer from (
    select p.owner, a.cabinets / count(*) over () + case when row_number() over (order by p.began_at, p.owner)
             <= a.cabinets % count(*) over () then 1 else 0 end as share
      from desk.processes p, (select count(*) as cabinets from desk.cabinets c where c.state = 'active') a
     where p.owner = p_owner or p.began_at <= p_began_to) r
   where r.owner = p_owner
$$
---
-- Renews a process among the others. Returns when it began.
create or replace function desk.keep_process(p_owner uuid, p_ttl interval) returns timestamptz
language plpgsql as $$
declare
  v_now timestamptz := clock_timestamp();
  v_began_at timestamptz;
begin
  delete from desk.processes where owner in (
    select p.owner from desk.processes p where p.owner <> p_owner and not desk.is_ahead(p.expires_at) for update skip locked);
  insert into desk.processes as p (owner, began_at, expires_at) values (p_owner, v_now, v_now + p_ttl)
  on conflict (owner) do update
    set began_at = case when desk.is_ahead(p.expires_at) then p.began_at else v_now end, expires_at = v_now + p_ttl
  returning p.began_at into v_began_at;
  return v_began_at;
end
$$
---
create or replace function desk.is_sending(p_cabinet bigint) returns boolean
language sql volatile
return exists (select from desk.answers a where a.cabinet_id = p_cabinet and a.state = 'sending')
---
-- Renews what a process holds of the cabinets that are to be worked, gives up what is more than its share, the last taken first,
-- and takes what nobody holds, up to its share. In what it gives up nothing is being sent.
create or replace function desk.keep_leases(p_owner uuid, p_ttl_ms integer)
returns table (cabinet_id bigint, epoch bigint)
language plpgsql as $$
declare
  v_ttl interval := make_interval(secs => p_ttl_ms / 1000.0);
  v_began_at timestamptz;
  v_held integer;
  v_spare integer;
  v_cabinet bigint;
begin
  v_began_at := desk.keep_process(p_owner, v_ttl);
  update desk.leases l set expires_at = clock_timestamp() + v_ttl
    from desk.cabinets c
   where c.cabinet_id = l.cabinet_id and c.state = 'active' and l.owner = p_owner;
  update desk.leases l set owner = null, expires_at = '-infinity'
    from desk.cabinets c
   where c.cabinet_id = l.cabinet_id and c.state <> 'active' and l.owner = p_owner;
  select count(*) into v_held from desk.leases l where l.owner = p_owner;
  -- Who has just come takes what is free, and gets what others give up when it has stayed for a while.
  v_spare := v_held - desk.share_among(p_owner, clock_timestamp() - v_ttl);
  for v_cabinet in
    select l.cabinet_id from desk.leases l
     where l.owner = p_owner and not desk.is_sending(l.cabinet_id)
     order by l.since desc, l.cabinet_id desc limit greatest(v_spare, 0)
  loop
    perform pg_advisory_xact_lock(hashtextextended('desk.leases', v_cabinet));
    update desk.leases l set owner = null, expires_at = '-infinity'
     where l.cabinet_id = v_cabinet and l.owner = p_owner
       and not desk.is_sending(v_cabinet);
  end loop;
  for v_cabinet in
    select l.cabinet_id from desk.leases l join desk.cabinets c on c.cabinet_id = l.cabinet_id
     where c.state = 'active' and l.owner is distinct from p_owner and desk.is_free(l, v_began_at)
     order by l.cabinet_id limit greatest(desk.share_among(p_owner, 'infinity') - v_held, 0)
  loop
    -- Who writes as the owner holds it shared: what is under way ends first.
    perform pg_advisory_xact_lock(hashtextextended('desk.leases', v_cabinet));
    update desk.leases l
       set owner = p_owner, epoch = l.epoch + 1, since = clock_timestamp(), expires_at = clock_timestamp() + v_ttl
     where l.cabinet_id = v_cabinet and desk.is_free(l, v_began_at);
  end loop;
  return query select l.cabinet_id, l.epoch from desk.leases l where l.owner = p_owner order by l.cabinet_id;
end
$$
---
-- Whether a process that began then may take a lease. One that was given back by a process that stopped is kept for a while for
-- whoever is started in its place.
create or replace function desk.is_free(p_lease desk.leases, p_began_at timestamptz) returns boolean
language sql volatile
return not desk.is_ahead((p_lease).expires_at) or ((p_lease).owner is null and p_began_at > (p_lease).since)
---
-- A process stops: what it holds is nobody's.
create or replace function desk.give_leases_back(p_owner uuid, p_ttl_ms integer) returns void
language plpgsql as $$
begin
  delete from desk.processes p where p.owner = p_owner;
  update desk.leases l set owner = null, since = clock_timestamp(), expires_at = clock_timestamp() + make_interval(secs => p_ttl_ms / 1000.0)
   where l.owner = p_owner;
end
$$
