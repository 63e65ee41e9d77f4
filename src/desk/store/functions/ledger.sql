-- Whether what the list shows of a chat was read: by the second, as the client's sync decides what is to be read.
create or replace function desk.is_read_to(p_mark jsonb, p_updated_at timestamptz) returns boolean
language sql stable parallel safe
return coalesce(date_trunc('second', p_updated_at) in (
  date_trunc('second', (p_mark ->> 'updatedAt')::timestamptz), date_trunc('second', (p_mark ->> 'newestAt')::timestamptz)), false)
---
-- The chats in which something is known of and not here, though there was time to read it: messages that notifications have
-- named, which the client looks for that long, and news in the list. What a mirror has still to read at its start is none.
create or replace function desk.gaps_of(p_cabinet bigint, p_now timestamptz)
returns table (chat_id bigint, since timestamptz, told bigint[])
language sql stable as $$
  select g.chat_id, min(g.since), coalesce(array_agg(g.message_id order by g.message_id) filter (where g.message_id is not null), '{}')
    from (
      select t.chat_id, t.told_at as since, t.message_id from desk.told_messages t
       where t.cabinet_id = p_cabinet and t.told_at <= p_now - interval '20 seconds'
         and not exists (select from desk.messages m
           where m.cabinet_id = p_cabinet and m.chat_id = t.chat_id and m.message_id = t.message_id)
      union all
      select c.chat_id, c.news_since, null from desk.chats c
       where c.cabinet_id = p_cabinet and c.news_since <= p_now - interval '1 minute'
         and exists (select from desk.syncs s where s.cabinet_id = p_cabinet and s.progress ->> 'phase' = 'live')
    ) g
   group by g.chat_id
$$
