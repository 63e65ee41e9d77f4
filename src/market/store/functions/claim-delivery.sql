-- Takes the oldest unfinished delivery of a subscription into flight, for the process that holds the lane. One that another
-- process left in flight is taken over and its lost attempt noted; one of this very lease was claimed without being heard
-- of, so that nothing was sent: it is the same attempt. A due_at beyond p_due_most was written before the clock stepped back.
create or replace function market.claim_delivery(
  p_lane smallint, p_business_id bigint, p_subscription_id bigint, p_owner uuid, p_epoch bigint, p_now timestamptz, p_due_most timestamptz)
returns table (
  claim text, due_at timestamptz, event_id bigint, type text, chat_id bigint, message_id bigint, happened_at timestamptz,
  attempt integer, attempted_at timestamptz, failures integer, url text, salt bytea, previous_salt bytea, previous_until timestamptz,
  sealed_headers bytea)
language plpgsql as $$
declare
  v_at timestamptz := clock_timestamp();
  s record;
  d record;
begin
  perform from market.lane_leases l
    where l.lane = p_lane and l.owner = p_owner and l.epoch = p_epoch and l.expires_at > v_at;
  if not found then claim := 'no_lease'; return next; return; end if;
  select x.state, x.due_at, x.failures, x.url, x.salt, x.previous_salt, x.previous_until, x.sealed_headers into s
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
  sealed_headers := s.sealed_headers;
  return next;
end
$$
