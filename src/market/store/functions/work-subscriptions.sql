-- One step of many subscriptions in one transaction; see notify/steps.ts. p_items is a JSON array, sorted by (b, s): {l lane,
-- b business, s subscription, h epoch of the lease, k whether to claim the next}, and, if an attempt is to be settled: {e event,
-- y type, a attempt, o outcome, c status, f failure, d duration in ms, n failures before, w when to try again}.
create or replace function market.work_subscriptions(
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
