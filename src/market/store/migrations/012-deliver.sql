-- Says that a process lives, and renews the lanes it holds. What it should hold at most: an equal share of the 64.
create function market.renew_lanes(p_owner uuid, p_ttl_ms integer)
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
create function market.take_lanes(p_owner uuid, p_ttl_ms integer, p_most integer) returns integer
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
create function market.release_lanes(p_owner uuid, p_lanes smallint[]) returns void
language plpgsql as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  perform from market.lane_leases l where l.owner = p_owner and l.lane = any(p_lanes) order by l.lane for no key update;
  update market.lane_leases l set owner = '00000000-0000-0000-0000-000000000000', expires_at = v_now
   where l.owner = p_owner and l.lane = any(p_lanes);
end
$$
---
-- Cancels, oldest first, up to p_most unfinished deliveries of a subscription that is not enabled, and counts them there.
-- The subscription is locked before its deliveries, here and everywhere: no ring of locks.
create function market.cancel_deliveries(
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
---
-- From one of the states p_from to another; false if it is in none of them. One that is enabled starts anew: what waited from
-- before is cancelled, and its failures are forgotten.
create function market.set_subscription_state(
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
---
-- Writes down what became of an attempt, if it is still the one in flight: stale otherwise, and nothing is changed.
-- p_failures is what the subscription had when the attempt began, p_due_at when to try again; null disables it.
create function market.settle_delivery(
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
---
-- Takes the oldest unfinished delivery of a subscription into flight, for the process that holds the lane. One that another
-- process left in flight is taken over and its lost attempt noted; one of this very lease was claimed without being heard
-- of, so that nothing was sent: it is the same attempt. A due_at beyond p_due_most was written before the clock stepped back.
create function market.claim_delivery(
  p_lane smallint, p_business_id bigint, p_subscription_id bigint, p_owner uuid, p_epoch bigint, p_now timestamptz, p_due_most timestamptz)
returns table (
  claim text, due_at timestamptz, event_id bigint, type text, chat_id bigint, message_id bigint, happened_at timestamptz,
  attempt integer, attempted_at timestamptz, failures integer, url text, salt bytea, previous_salt bytea, previous_until timestamptz)
language plpgsql as $$
declare
  v_at timestamptz := clock_timestamp();
  s record;
  d record;
begin
  perform from market.lane_leases l
    where l.lane = p_lane and l.owner = p_owner and l.epoch = p_epoch and l.expires_at > v_at;
  if not found then claim := 'no_lease'; return next; return; end if;
  select x.state, x.due_at, x.failures, x.url, x.salt, x.previous_salt, x.previous_until into s
    from market.subscriptions x
   where x.lane = p_lane and x.business_id = p_business_id and x.subscription_id = p_subscription_id;
  if s.state is distinct from 'enabled' then claim := 'closed'; return next; return; end if;
  if s.due_at > p_now and s.due_at <= p_due_most then
    claim := 'later'; due_at := s.due_at; return next; return;
  end if;
  claim := 'nothing';
  for i in 1 .. 3 loop
    select x.event_id, x.type, x.chat_id, x.message_id, x.happened_at, x.state, x.attempt, x.attempted_at, x.epoch into d
      from market.deliveries x
     where x.lane = p_lane and x.business_id = p_business_id and x.subscription_id = p_subscription_id
       and x.state in ('waiting', 'in_flight')
     order by x.event_id, x.type limit 1;
    if not found then return next; return; end if;
    attempt := d.attempt + case when d.state = 'in_flight' and d.epoch = p_epoch then 0 else 1 end;
    update market.deliveries x
       set state = 'in_flight', attempt = claim_delivery.attempt, epoch = p_epoch, attempted_at = p_now
     where x.lane = p_lane and x.business_id = p_business_id and x.subscription_id = p_subscription_id
       and x.event_id = d.event_id and x.type = d.type and x.state = d.state and x.attempt = d.attempt;
    exit when found;
    attempt := null; -- it was cancelled that moment: the next one
  end loop;
  if attempt is null then return next; return; end if;

  if d.state = 'in_flight' and d.epoch <> p_epoch then
    insert into market.delivery_attempts
      (lane, business_id, subscription_id, event_id, type, attempt, started_at, duration_ms, outcome, status, failure)
    values (p_lane, p_business_id, p_subscription_id, d.event_id, d.type, d.attempt, d.attempted_at, 0, 'failed', null, 'interrupted')
    on conflict do nothing;
  end if;
  claim := 'claimed';
  event_id := d.event_id; type := d.type; chat_id := d.chat_id; message_id := d.message_id; happened_at := d.happened_at;
  attempted_at := p_now; failures := s.failures; due_at := s.due_at;
  url := s.url; salt := s.salt; previous_salt := s.previous_salt; previous_until := s.previous_until;
  return next;
end
$$
---
-- One step of many subscriptions in one transaction; see notify/steps.ts. p_items is a JSON array, sorted by (b, s): {l lane,
-- b business, s subscription, h epoch of the lease, k whether to claim the next}, and, if an attempt is to be settled: {e event,
-- y type, a attempt, o outcome, c status, f failure, d duration in ms, n failures before, w when to try again}.
create function market.work_subscriptions(
  p_lane smallint, p_owner uuid, p_now timestamptz, p_due_most timestamptz, p_items json)
returns table (
  settled text, claim text, due_at timestamptz, event_id bigint, type text, chat_id bigint, message_id bigint, happened_at timestamptz,
  attempt integer, attempted_at timestamptz, failures integer, url text, salt bytea, previous_salt bytea, previous_until timestamptz)
language plpgsql
-- Who holds the lock of one subscription for long must not hold up the others of the batch: see notify/steps.ts.
set lock_timeout = '500ms'
-- As in post_messages: never a scan, whatever the statistics say.
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  i record;
begin
  for i in select * from json_to_recordset(p_items) as x(
    l smallint, b bigint, s bigint, h bigint, k boolean,
    e bigint, y text, a integer, o text, c smallint, f text, d integer, n integer, w timestamptz)
  loop
    settled := null;
    if i.o is not null then
      settled := market.settle_delivery(i.l, i.b, i.s, i.e, i.y, i.a, p_now, i.o, i.c, i.f, i.d, i.n, i.w);
    end if;
    if i.k then
      select c.* into claim, due_at, event_id, type, chat_id, message_id, happened_at, attempt, attempted_at, failures, url, salt, previous_salt, previous_until
        from market.claim_delivery(i.l, i.b, i.s, p_owner, i.h, p_now, p_due_most) c;
    else
      claim := null; due_at := null; event_id := null; type := null; chat_id := null; message_id := null; happened_at := null;
      attempt := null; attempted_at := null; failures := null; url := null; salt := null; previous_salt := null; previous_until := null;
    end if;
    return next;
  end loop;
end
$$
---
-- Removes up to p_most deliveries of a lane that were finished before, with their attempts. Returns how many.
create function market.prune_deliveries(p_lane smallint, p_before timestamptz, p_most integer) returns integer
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
