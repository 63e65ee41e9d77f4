-- Many reads of messages in one statement; see chats/readbox.ts. What is read is as the published API has it; p_files is what the
-- addresses of files begin with.
-- p_lane is null, or a lane of the shard that all is in: Citus finds the node of this call by it, and the shard by v_lanes.
-- A table whose whole row is given to a function stands in a subquery: on Citus the row of a shard is of another type.
--
-- A page of the history of each chat that is asked for, from a message on, oldest first, with the chat's context. `messages` are
-- joined by commas; next_id is the one after them. A chat that is not there has no context. `item` says whose page it is: pages of
-- one size come together.
create or replace function market.read_history(p_lane smallint, p_files text, p_business bigint[], p_chat bigint[], p_from bigint[], p_limit integer[])
returns table (item integer, order_id bigint, context text, messages text, next_id bigint)
language plpgsql stable
-- The tables may be far larger than the statistics say, and a plan is made once.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_size integer;
  v_lanes smallint[] := case when p_lane is not null then (select array_agg(distinct market.lane_of(b)) from unnest(p_business) b) end;
begin
  for v_size in select distinct l from unnest(p_limit) l loop
    return query
      select i.n::integer, c.order_id, market.context_json(c, u), coalesce(page.messages, ''),
             case when page.count = v_size then
               (select m.message_id from market.messages m
                 where m.lane = market.lane_of(i.business) and m.business_id = i.business and m.chat_id = i.chat
                   and m.message_id > page.last_id and (v_lanes is null or m.lane = any(v_lanes))
                 order by m.message_id limit 1) end
        from unnest(p_business, p_chat, p_from, p_limit) with ordinality as i(business, chat, since, size, n)
        left join ((select * from market.chats) c join (select * from market.customers) u on u.customer_id = c.customer_id)
          on c.lane = market.lane_of(i.business) and c.business_id = i.business and c.chat_id = i.chat
         and (v_lanes is null or c.lane = any(v_lanes))
        cross join lateral (
          select string_agg(market.message_json(l, p_files || i.business || '/' || i.chat || '/'), ',') as messages,
                 count(*) as count, max(l.message_id) as last_id
            from (select m.* from market.messages m
                   where m.lane = market.lane_of(i.business) and m.business_id = i.business and m.chat_id = i.chat
                     and m.message_id >= i.since and (v_lanes is null or m.lane = any(v_lanes))
                   order by m.message_id limit v_size) l
        ) page
       where i.size = v_size;
  end loop;
end
$$
---
-- A message each; null if it is not there.
create or replace function market.read_message(p_lane smallint, p_files text, p_business bigint[], p_chat bigint[], p_message bigint[])
returns table (item integer, has_chat boolean, message text)
language plpgsql stable
-- The tables may be far larger than the statistics say, and a plan is made once.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_lanes smallint[] := case when p_lane is not null then (select array_agg(distinct market.lane_of(b)) from unnest(p_business) b) end;
begin
  return query
    select i.n::integer, c.chat_id is not null, market.message_json(m, p_files || i.business || '/' || i.chat || '/')
      from unnest(p_business, p_chat, p_message) with ordinality as i(business, chat, message, n)
      left join market.chats c
        on c.lane = market.lane_of(i.business) and c.business_id = i.business and c.chat_id = i.chat
       and (v_lanes is null or c.lane = any(v_lanes))
      left join (select * from market.messages) m
        on m.lane = market.lane_of(i.business) and m.business_id = i.business and m.chat_id = i.chat and m.message_id = i.message
       and (v_lanes is null or m.lane = any(v_lanes))
     order by i.n;
end
$$
