-- Many reads of chats in one statement; see chats/readbox.ts. What is read is as the published API has it.
--
-- The newest chats of each business that is asked for, those before a position if there is one. `chats` are joined by commas;
-- first_at is the time of the first, last_at and last_id are the position after which the page ends; has_more says that there are
-- chats after it; snapshot is the one that all were read in.
create or replace function market.read_chats(p_lane smallint, p_business bigint[], p_before_at timestamptz[], p_before_id bigint[], p_limit integer[])
returns table (item integer, chats text, count integer, first_at timestamptz, last_at timestamptz, last_id bigint, has_more boolean, snapshot text)
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
  v_most integer := (select max(l) from unnest(p_limit) l) + 1;
begin
  return query
    select i.n::integer, page.chats, page.count::integer, page.first_at, page.last_at, page.last_id, page.has_more, pg_current_snapshot()::text
      from unnest(p_business, p_before_at, p_before_id, p_limit) with ordinality as i(business, before_at, before_id, size, n)
      cross join lateral (
        select coalesce(string_agg(c.json, ',') filter (where c.place <= i.size), '') as chats,
               count(*) filter (where c.place <= i.size) as count,
               max(c.updated_at) filter (where c.place = 1) as first_at,
               max(c.updated_at) filter (where c.place = i.size) as last_at,
               max(c.chat_id) filter (where c.place = i.size) as last_id,
               coalesce(bool_or(c.place > i.size), false) as has_more
          from (select l.chat_id, l.updated_at, market.chat_json(l, u) as json, 
                       row_number() over (order by l.updated_at desc, l.chat_id desc) as place
                  from (select c.* from market.chats c
                         where c.lane = market.lane_of(i.business) and c.business_id = i.business
                           and (c.updated_at, c.chat_id) < (coalesce(i.before_at, 'infinity'), coalesce(i.before_id, 0))
                           and (p_lane is null or c.lane = p_lane)
                         order by c.updated_at desc, c.chat_id desc limit v_most) l
                  join market.customers u on u.customer_id = l.customer_id) c
      ) page
     order by i.n;
end
$$
---
-- A chat each; null if it is not there.
create or replace function market.read_chat(p_lane smallint, p_business bigint[], p_chat bigint[])
returns table (item integer, chat text)
language plpgsql stable
-- The tables may be far larger than the statistics say, and a plan is made once.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
    select i.n::integer, market.chat_json(c, u)
      from unnest(p_business, p_chat) with ordinality as i(business, chat, n)
      left join (market.chats c join market.customers u on u.customer_id = c.customer_id)
        on c.lane = market.lane_of(i.business) and c.business_id = i.business and c.chat_id = i.chat
       and (p_lane is null or c.lane = p_lane)
     order by i.n;
end
$$
