-- Many reads of chats in one statement; see chats/readbox.ts. What is read is as the published API has it.
-- p_lane is null, or a lane of the shard that all is in: Citus finds the node of this call by it, and the shard by v_lanes.
-- A table whose whole row is given to a function stands in a subquery: on Citus the row of a shard is of another type.
--
-- The newest chats of each business that is asked for, those before a position if there is one. `chats` are joined by commas;
-- first_at is the time of the first, last_at and last_id are the position of the last; has_more says that there are chats after
-- it; snapshot is the one that all were read in. `item` says whose page it is: pages of one size come together.
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
  v_size integer;
  v_lanes smallint[] := case when p_lane is not null then (select array_agg(distinct market.lane_of(b)) from unnest(p_business) b) end;
begin
  for v_size in select distinct l from unnest(p_limit) l loop
    return query
      select i.n::integer, coalesce(page.chats, ''), page.count, page.first_at, page.last_at, page.ids[page.count],
             page.count = v_size and exists (
               select from market.chats c
                where c.lane = market.lane_of(i.business) and c.business_id = i.business and (v_lanes is null or c.lane = any(v_lanes))
                  and (c.updated_at, c.chat_id) < (page.last_at, page.ids[page.count])),
             pg_current_snapshot()::text
        from unnest(p_business, p_before_at, p_before_id, p_limit) with ordinality as i(business, before_at, before_id, size, n)
        cross join lateral (
          select string_agg(market.chat_json(l, u), ',') as chats, array_agg(l.chat_id) as ids, count(*)::integer as count,
                 max(l.updated_at) as first_at, min(l.updated_at) as last_at
            from (select c.* from market.chats c
                   where c.lane = market.lane_of(i.business) and c.business_id = i.business and (v_lanes is null or c.lane = any(v_lanes))
                     and (c.updated_at, c.chat_id) < (coalesce(i.before_at, 'infinity'), coalesce(i.before_id, 0))
                   order by c.updated_at desc, c.chat_id desc limit v_size) l
            -- One by one, in the order of the list.
            cross join lateral (select u.* from market.customers u where u.customer_id = l.customer_id offset 0) u
        ) page
       where i.size = v_size;
  end loop;
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
declare
  v_lanes smallint[] := case when p_lane is not null then (select array_agg(distinct market.lane_of(b)) from unnest(p_business) b) end;
begin
  return query
    select i.n::integer, market.chat_json(c, u)
      from unnest(p_business, p_chat) with ordinality as i(business, chat, n)
      left join ((select * from market.chats) c join (select * from market.customers) u on u.customer_id = c.customer_id)
        on c.lane = market.lane_of(i.business) and c.business_id = i.business and c.chat_id = i.chat
       and (v_lanes is null or c.lane = any(v_lanes))
     order by i.n;
end
$$
