-- Which of these messages of the shop are answers of ours: each is the first open one of its chat with the same print. A
-- process may have died before it knew that its answer was accepted, so one that is being sent counts too.
create or replace function desk.confirm_answers(p_cabinet bigint, p_chat bigint, p_ids bigint[], p_prints text[])
returns uuid[]
language plpgsql as $$
declare
  v_answer uuid;
  v_confirmed uuid[] := '{}';
  v_id bigint;
  v_print text;
begin
  for v_id, v_print in
    select u.id, u.print from unnest(p_ids, p_prints) as u(id, print)
     where u.print is not null and not exists (
       select from desk.answers a where a.cabinet_id = p_cabinet and a.chat_id = p_chat and a.message_id = u.id)
     order by u.id
  loop
    select a.answer_id into v_answer from desk.answers a
     where a.cabinet_id = p_cabinet and a.chat_id = p_chat and a.state in ('sending', 'sent', 'unknown')
       and a.print = v_print and coalesce(a.since_message_id, 0) < v_id
     order by a.position limit 1;
    if v_answer is null then continue; end if;
    update desk.answers a set state = 'confirmed', message_id = v_id, why = null, reason = null, next_at = null
     where a.cabinet_id = p_cabinet and a.answer_id = v_answer;
    v_confirmed := v_confirmed || v_answer;
  end loop;
  return v_confirmed;
end
$$
---
-- What is computed of a chat from its messages. What the shop has answered it has read.
create or replace function desk.sum_up_chat(p_cabinet bigint, p_chat bigint) returns void
language plpgsql as $$
declare
  v_last desk.messages;
  v_shop bigint;
  v_waiting timestamptz;
  v_read bigint;
  v_unread integer;
begin
  select c.read_to_message_id into v_read from desk.chats c where c.cabinet_id = p_cabinet and c.chat_id = p_chat for update;
  select * into v_last from desk.messages m
   where m.cabinet_id = p_cabinet and m.chat_id = p_chat order by m.message_id desc limit 1;
  select m.message_id into v_shop from desk.messages m
   where m.cabinet_id = p_cabinet and m.chat_id = p_chat and m.sender = 'PARTNER' order by m.message_id desc limit 1;
  v_shop := coalesce(v_shop, 0);
  select m.created_at into v_waiting from desk.messages m
   where m.cabinet_id = p_cabinet and m.chat_id = p_chat and m.message_id > v_shop and m.sender = 'CUSTOMER'
   order by m.message_id limit 1;
  select count(*) into v_unread from desk.messages m
   where m.cabinet_id = p_cabinet and m.chat_id = p_chat and m.message_id > greatest(v_shop, v_read) and m.sender <> 'PARTNER';
  update desk.chats c
     set last_message_id = v_last.message_id, last_at = v_last.created_at, last_sender = v_last.sender,
         last_text = left(v_last.text, 500), last_files = coalesce(jsonb_array_length(v_last.files), 0),
         unread = v_unread, waiting_since = v_waiting,
         view = desk.view_of(c.type, c.status, v_waiting, v_last.message_id, c.done_to_message_id),
         news_since = case when not desk.is_read_to(c.mark, c.updated_at) then c.news_since end,
         changed = nextval('desk.changes')
   where c.cabinet_id = p_cabinet and c.chat_id = p_chat;
end
$$
---
-- Puts a page of messages and the mark that goes with it, both or neither, and everything that follows from them. Null if the
-- cabinet is not the owner's any more. Ids are of one chat, none twice.
create or replace function desk.put_messages(
  p_cabinet bigint, p_owner uuid, p_epoch bigint, p_chat bigint, p_mark jsonb, p_now timestamptz,
  p_messages text, p_has_files boolean,
  out added bigint[], out confirmed uuid[])
language plpgsql as $$
declare
  v_put integer;
  v_messages json := p_messages::json;
begin
  if not desk.holds(p_cabinet, p_owner, p_epoch) then return; end if;
  confirmed := '{}';
  update desk.chats c set mark = p_mark where c.cabinet_id = p_cabinet and c.chat_id = p_chat;
  if not found then raise exception 'chat % of cabinet % is not here: chats are put before their messages', p_chat, p_cabinet; end if;
  with put as (
    insert into desk.messages as m (cabinet_id, chat_id, message_id, created_at, sender, text, files)
    select p_cabinet, p_chat, u.id, u.at, u.sender, u.text, u.files
      from json_to_recordset(v_messages) as u(id bigint, at timestamptz, sender text, text text, files jsonb)
     order by u.id
    on conflict (cabinet_id, chat_id, message_id) do update
      set created_at = excluded.created_at, sender = excluded.sender, text = excluded.text, files = excluded.files
      where (m.created_at, m.sender, m.text, m.files)
            is distinct from (excluded.created_at, excluded.sender, excluded.text, excluded.files)
    returning m.message_id, m.xmax = 0 as is_new
  )
  select coalesce(array_agg(p.message_id order by p.message_id) filter (where p.is_new), '{}'), count(*) into added, v_put from put p;
  if p_has_files then
    insert into desk.files as f (cabinet_id, chat_id, message_id, position, name, url, size_bytes, state, next_at)
    select p_cabinet, p_chat, u.id, e.position - 1, e.file ->> 'name', e.file ->> 'url', (e.file ->> 'sizeBytes')::bigint, 'waiting', p_now
      from json_to_recordset(v_messages) as u(id bigint, files jsonb),
           jsonb_array_elements(u.files) with ordinality as e(file, position)
     where u.files is not null
    on conflict (cabinet_id, chat_id, message_id, position) do update set url = excluded.url
      where f.state <> 'kept' and f.url <> excluded.url;
  end if;
  if v_put = 0 then
    update desk.chats c set news_since = null
     where c.cabinet_id = p_cabinet and c.chat_id = p_chat and c.news_since is not null and desk.is_read_to(c.mark, c.updated_at);
    return;
  end if;
  perform desk.sum_up_chat(p_cabinet, p_chat);
  confirmed := desk.confirm_answers(p_cabinet, p_chat, added, (
    select array_agg(u.print order by u.id) from json_to_recordset(v_messages) as u(id bigint, print text)
     where u.id = any(added)));
end
$$
---
-- Inserts or replaces chats as the market tells them; marks, messages and what is computed from them stay. False if the
-- cabinet is not the owner's any more. Ids are of one cabinet, none twice.
create or replace function desk.put_chats(
  p_cabinet bigint, p_owner uuid, p_epoch bigint, p_chats text, p_now timestamptz
) returns boolean
language plpgsql as $$
begin
  if not desk.holds(p_cabinet, p_owner, p_epoch) then return false; end if;
  insert into desk.chats as c
         (cabinet_id, chat_id, context_type, order_id, return_id, campaign_id, customer_name, customer_public_id, type, status,
          created_at, updated_at, news_since, view, changed)
  select p_cabinet, r.chat_id, r.context_type, r.order_id, r.return_id, r.campaign_id, r.customer_name, r.customer_public_id,
         r.type, r.status, r.created_at, r.updated_at, p_now, desk.view_of(r.type, r.status, null, null, null), nextval('desk.changes')
    from json_to_recordset(p_chats::json) as r(
         chat_id bigint, context_type text, order_id bigint, return_id bigint, campaign_id bigint, customer_name text,
         customer_public_id text, type text, status text, created_at timestamptz, updated_at timestamptz)
   order by r.chat_id
  on conflict (cabinet_id, chat_id) do update
    set context_type = excluded.context_type, order_id = excluded.order_id, return_id = excluded.return_id,
        campaign_id = excluded.campaign_id, customer_name = excluded.customer_name,
        customer_public_id = excluded.customer_public_id, type = excluded.type, status = excluded.status,
        created_at = excluded.created_at, updated_at = excluded.updated_at, changed = excluded.changed,
        news_since = case when not desk.is_read_to(c.mark, excluded.updated_at) then coalesce(c.news_since, p_now) end,
        view = desk.view_of(excluded.type, excluded.status, c.waiting_since, c.last_message_id, c.done_to_message_id);
  return true;
end
$$
