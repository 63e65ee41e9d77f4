-- One step of many subscriptions in one transaction; see notify/steps.ts. p_items is a JSON array, sorted by business and
-- subscription. Of an item: epoch, of the lane's lease; claims, whether to claim the next delivery. If an attempt is to be
-- settled also: event and type of the delivery, attempt (its number), outcome, status, failure, duration in ms; failures, how many
-- there were before it; due, when to try again.
create or replace function market.work_subscriptions(
  p_lane smallint, p_owner uuid, p_now timestamptz, p_due_most timestamptz, p_items json)
returns table (
  settled text, claim text, due_at timestamptz, event_id bigint, type text, chat_id bigint, message_id bigint, happened_at timestamptz,
  attempt integer, attempted_at timestamptz, failures integer, url text, salt bytea, previous_salt bytea, previous_until timestamptz,
  sealed_headers bytea)
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
    lane smallint, business bigint, subscription bigint, epoch bigint, claims boolean, event bigint, type text, attempt integer,
    outcome text, status smallint, failure text, duration integer, failures integer, due timestamptz)
  loop
    -- As in post_messages: a process of a version whose items have other names gets an error.
    if i.business is null then raise 'work_subscriptions was given an item without a business'; end if;
    settled := null;
    if i.outcome is not null then
      settled := market.settle_delivery(i.lane, i.business, i.subscription, i.event, i.type, i.attempt, p_now,
                                        i.outcome, i.status, i.failure, i.duration, i.failures, i.due);
    end if;
    if i.claims then
      select c.* into claim, due_at, event_id, type, chat_id, message_id, happened_at, attempt, attempted_at, failures, url, salt, previous_salt, previous_until,
                  sealed_headers
        from market.claim_delivery(i.lane, i.business, i.subscription, p_owner, i.epoch, p_now, p_due_most) c;
    else
      claim := null; due_at := null; event_id := null; type := null; chat_id := null; message_id := null; happened_at := null;
      attempt := null; attempted_at := null; failures := null; url := null; salt := null; previous_salt := null; previous_until := null;
      sealed_headers := null;
    end if;
    return next;
  end loop;
end
$$
