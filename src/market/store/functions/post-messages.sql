-- Posts a batch of messages, and of acts without a message (kind null), in one transaction; see chats/postbox.ts.
-- p_items is a JSON array, sorted by business and chat. Of an item: customer, who must own the chat, or null; name, size, hash and
-- type of a file; lab, true if the lab speaks for the customer of a test chat; key, the hash of an idempotency key, and
-- fingerprint, of its request. An item that cannot be done gets its outcome and leaves its neighbours alone:
-- done | no_chat | no_customer (nobody answers in a test chat) | refused (not in this state) | closed (the shop writes, the chat is
-- finished, and its business lets no shop reopen it) | replayed (done before with this key) | key_reused (the key is another
-- request's).
create or replace function market.post_messages(p_lane smallint, p_now timestamptz, p_items json)
returns table (item integer, outcome text, event_id bigint, happened_at timestamptz, customer_id bigint, chat_type text, chat_status text)
language plpgsql
-- Batches are small and the tables are not: never a scan, whatever the statistics say.
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  v_items record;
  v_lanes smallint[];
  v_chats record;
  v_ids bigint[];
  v_transaction xid8;
  v_refuses boolean[];
  v_types text[];
  v_statuses text[];
  v_closed boolean[];
  v_next text;
  v_at timestamptz;
  v_count integer;
  v_kept record;
  c_lead constant interval := '10 seconds';
  j integer := 1;
  -- what the items come to
  o_outcome text[];
  o_at timestamptz[];
  o_customer bigint[];
  o_type text[];
  o_status text[];
  o_dispute text[];
  o_message text[];
begin
  select array_agg(i.business) business, array_agg(i.chat) chat, array_agg(i.customer) customer, array_agg(i.event) event,
         array_agg(i.sender) sender, array_agg(i.kind) kind, array_agg(i.text) text, array_agg(i.name) name, array_agg(i.size) size,
         array_agg(i.hash) hash, array_agg(i.type) type, array_agg(coalesce(i.lab, false)) lab,
         array_agg(i.key) key, array_agg(i.fingerprint) fingerprint, bool_or(i.key is not null) keyed,
         bool_or(i.event in ('closed', 'dispute_finished')) finishes
    into v_items
    from json_to_recordset(p_items) as i(
           business bigint, chat bigint, customer bigint, event text, sender text, kind text, text text,
           name text, size integer, hash text, type text, lab boolean, key bytea, fingerprint bytea);
  v_count := coalesce(array_length(v_items.business, 1), 0);
  if v_count = 0 then return; end if;
  -- A process of a version whose items have other names: an error instead of a false 'no_chat'.
  if v_items.business[1] is null then raise 'post_messages was given items without a business'; end if;

  -- All of one shard where p_lane is given: Citus finds it by these values, and takes p_lane to find the node of this call.
  if p_lane is not null then
    select array_agg(distinct market.lane_of(b)) into v_lanes from unnest(v_items.business) b;
  end if;

  -- Locks in (business, chat) order: two batches never wait for each other in a ring.
  select array_agg(l.business_id) b, array_agg(l.chat_id) c, array_agg(l.customer_id) customer, array_agg(l.fake) fake,
         array_agg(l.context_type) context, array_agg(l.type) type, array_agg(l.status) status,
         array_agg(l.updated_at) updated, array_agg(l.changed_at) changed, array_agg(l.last_message_id) last, array_agg(false) touched,
         max(l.last_message_id) floor, bool_or(l.status = 'finished') finished
    into v_chats
    from (
      select c.business_id, c.chat_id, c.customer_id, c.fake, c.context_type, c.type, c.status, c.updated_at, c.changed_at, c.last_message_id
        from market.chats c
        join (select distinct b, c from unnest(v_items.business, v_items.chat) as k(b, c)) k
          on c.lane = market.lane_of(k.b) and c.business_id = k.b and c.chat_id = k.c
       where v_lanes is null or c.lane = any(v_lanes)
       order by c.business_id, c.chat_id
         for no key update of c
    ) l;

  -- Ids after the locks: in a chat, the order of ids is the order of commits.
  v_transaction := pg_current_xact_id();
  v_ids := market.take_ids(v_count, coalesce(v_chats.floor, 0));

  if v_chats.finished or v_items.finishes then
    -- Read now and kept nowhere: what a business sets holds for the next batch of every process.
    select array_agg(b.finished_chats = 'refuse' order by k.i) into v_refuses
      from unnest(v_chats.b) with ordinality as k(b, i)
      left join market.businesses b on b.business_id = k.b;
    -- Which of the shop's messages meet a finished chat, before any of them takes a key. Where that is refused, nothing that a
    -- shop writes begins or ends the finished state, so it does not matter which of its messages were done before.
    v_closed := array_fill(false, array[v_count]);
    v_types := v_chats.type;
    v_statuses := v_chats.status;
    for i in 1 .. v_count loop
      while (v_chats.b[j], v_chats.c[j]) < (v_items.business[i], v_items.chat[i]) loop j := j + 1; end loop;
      continue when v_chats.b[j] is distinct from v_items.business[i] or v_chats.c[j] is distinct from v_items.chat[i]
        or v_refuses[j] is not true;
      if v_items.event[i] = 'partner_writes' then
        v_closed[i] := v_statuses[j] = 'finished';
      elsif market.refusal_in_any_state(v_items.event[i], v_items.customer[i], v_chats.customer[j],
                                        v_chats.fake[j], v_items.lab[i], v_chats.context[j]) is null then
        v_next := market.next_state(v_types[j], v_statuses[j], v_items.event[i]);
        continue when v_next is null;
        v_types[j] := split_part(v_next, '/', 1);
        v_statuses[j] := split_part(v_next, '/', 2);
      end if;
    end loop;
    j := 1;
  end if;

  if v_items.keyed then
    -- The first item of a key takes it, with the id that its message is to have, if its chat is there and not closed to it. Keys
    -- are taken in their order, after all chats: batches that meet at a key wait for each other in no ring. Only
    -- 'partner_writes' comes with a key, which no state refuses: whoever takes one posts.
    insert into market.idempotency_keys (lane, business_id, key_hash, fingerprint, message_id, created_at)
    select c.lane, c.business_id, m.key, m.fingerprint, m.id, p_now
      from market.chats c
      join unnest(v_items.business, v_items.chat, v_items.event, v_items.key, v_items.fingerprint, v_ids, v_closed)
           with ordinality as m(b, c, event, key, fingerprint, id, closed, i)
        on c.lane = market.lane_of(m.b) and c.business_id = m.b and c.chat_id = m.c
     where (v_lanes is null or c.lane = any(v_lanes)) and m.key is not null and m.event = 'partner_writes' and m.closed is not true
     order by c.business_id, m.key, m.i
    on conflict (lane, business_id, key_hash) do nothing;
  end if;

  -- Whole from the start: an array that grows begins at the first item that is set, and would be told of the wrong items.
  o_outcome := array_fill(null::text, array[v_count]);
  o_at := array_fill(null::timestamptz, array[v_count]);
  o_customer := array_fill(null::bigint, array[v_count]);
  o_type := o_outcome;
  o_status := o_outcome;
  o_dispute := o_outcome;
  o_message := o_outcome;
  for i in 1 .. v_count loop
    while (v_chats.b[j], v_chats.c[j]) < (v_items.business[i], v_items.chat[i]) loop j := j + 1; end loop;
    o_outcome[i] := case
      when v_chats.b[j] is distinct from v_items.business[i] or v_chats.c[j] is distinct from v_items.chat[i] then 'no_chat'
      else coalesce(market.refusal_in_any_state(v_items.event[i], v_items.customer[i], v_chats.customer[j],
                                                v_chats.fake[j], v_items.lab[i], v_chats.context[j]), 'done') end;
    if o_outcome[i] = 'done' then
      v_next := market.next_state(v_chats.type[j], v_chats.status[j], v_items.event[i]);
      if v_next is null then o_outcome[i] := 'refused'; end if;
    end if;
    if v_items.keyed and v_items.key[i] is not null and o_outcome[i] = 'done' then
      -- One at a time: a join may be planned the wrong way round. It sees what others have committed meanwhile.
      select k.message_id, k.fingerprint into v_kept
        from market.idempotency_keys k
       where k.lane = market.lane_of(v_items.business[i]) and k.business_id = v_items.business[i] and k.key_hash = v_items.key[i];
      o_outcome[i] := case
        when v_kept.message_id = v_ids[i] then 'done'
        when v_kept.fingerprint = v_items.fingerprint[i] then 'replayed'
        when v_kept.fingerprint is not null then 'key_reused'
        when v_closed[i] then 'closed' end;
      -- It was too old and was removed between the two statements.
      if o_outcome[i] is null then raise serialization_failure using message = 'an idempotency key was removed while it was taken'; end if;
    elsif v_closed[i] and o_outcome[i] = 'done' then
      o_outcome[i] := 'closed';
    end if;
    if o_outcome[i] = 'done' then
      -- A chat's time does not step back with the clock, unless it was ahead by more than clocks differ: then that clock was wrong.
      v_at := case when v_chats.changed[j] <= p_now + c_lead then greatest(p_now, v_chats.changed[j]) else p_now end;
      v_chats.type[j] := split_part(v_next, '/', 1);
      v_chats.status[j] := split_part(v_next, '/', 2);
      v_chats.changed[j] := v_at;
      v_chats.touched[j] := true;
      if v_items.kind[i] is not null then
        v_chats.updated[j] := v_at;
        v_chats.last[j] := v_ids[i];
      end if;
      o_dispute[i] := case v_items.event[i] when 'dispute_opened' then 'dispute_started' when 'dispute_finished' then 'dispute_finished' end;
      o_message[i] := case when v_items.kind[i] <> 'sticker' then 'message_sent' end;
      o_at[i] := v_at;
      o_customer[i] := v_chats.customer[j];
      o_type[i] := v_chats.type[j];
      o_status[i] := v_chats.status[j];
    end if;
  end loop;

  if 'done' = any(o_outcome) then
    insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body, file_name, file_size, file_hash, file_type)
    select c.lane, c.business_id, c.chat_id, m.id, m.at, m.sender, m.kind, m.text, m.name, m.size, m.hash, m.type
      from market.chats c
      join unnest(v_items.business, v_items.chat, v_ids, o_outcome, o_at, v_items.sender, v_items.kind, v_items.text,
                  v_items.name, v_items.size, v_items.hash, v_items.type)
           as m(b, c, id, outcome, at, sender, kind, text, name, size, hash, type)
        on c.lane = market.lane_of(m.b) and c.business_id = m.b and c.chat_id = m.c
     where (v_lanes is null or c.lane = any(v_lanes)) and m.outcome = 'done' and m.kind is not null;

    update market.chats c
       set type = k.type, status = k.status, updated_at = k.updated, changed_at = k.changed,
           changed_in = v_transaction, last_message_id = k.last
      from unnest(v_chats.b, v_chats.c, v_chats.type, v_chats.status, v_chats.updated, v_chats.changed, v_chats.last, v_chats.touched)
           as k(b, c, type, status, updated, changed, last, touched)
     where c.lane = market.lane_of(k.b) and c.business_id = k.b and c.chat_id = k.c
       and (v_lanes is null or c.lane = any(v_lanes))
       and k.touched;

    insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, message_id, happened_at, state)
    select s.lane, s.business_id, s.subscription_id, d.id, d.type, d.c, case when d.type = 'message_sent' then d.id end, d.at, 'waiting'
      from market.subscriptions s
      join (
        select b, c, id, type, at from unnest(v_items.business, v_items.chat, v_ids, o_dispute, o_at) as e(b, c, id, type, at)
        union all
        select b, c, id, type, at from unnest(v_items.business, v_items.chat, v_ids, o_message, o_at) as e(b, c, id, type, at)
      ) d on s.lane = market.lane_of(d.b) and s.business_id = d.b
     where (v_lanes is null or s.lane = any(v_lanes)) and s.state = 'enabled' and d.type = any(s.types);
  end if;

  return query
    select r.i::integer, r.outcome, case when r.outcome = 'done' then r.id end, r.at, r.customer, r.type, r.status
      from unnest(o_outcome, v_ids, o_at, o_customer, o_type, o_status)
           with ordinality as r(outcome, id, at, customer, type, status, i);
end
$$
