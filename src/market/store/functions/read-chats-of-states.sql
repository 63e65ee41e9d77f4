-- The newest chats of a business in any of these states (the n-th of each array together are one), those before a position if
-- there is one. What is read is as market.read_chats has it; see there for what is returned, and for p_lane.
-- One ordered look for each state: PostgreSQL reads nothing in order of `= any(…)`.
create or replace function market.read_chats_of_states(
  p_lane smallint, p_business bigint, p_contexts text[], p_types text[], p_statuses text[],
  p_before_at timestamptz, p_before_id bigint, p_limit integer)
returns table (chats text, count integer, first_at timestamptz, last_at timestamptz, last_id bigint, has_more boolean, snapshot text)
language plpgsql stable
-- The tables may be far larger than the statistics say, and a plan is made once: for each call it would take longer than the reading.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
    select coalesce(string_agg(page.json, ',') filter (where page.place <= p_limit), ''),
           (count(*) filter (where page.place <= p_limit))::integer,
           max(page.updated_at) filter (where page.place = 1),
           max(page.updated_at) filter (where page.place = p_limit),
           max(page.chat_id) filter (where page.place = p_limit),
           coalesce(bool_or(page.place > p_limit), false),
           pg_current_snapshot()::text
      from (select l.chat_id, l.updated_at, market.chat_json(l, u) as json,
                   row_number() over (order by l.updated_at desc, l.chat_id desc) as place
              from (select c.* from unnest(p_contexts, p_types, p_statuses) as s(context_type, type, status)
                     cross join lateral (
                       select c.* from market.chats c
                        where c.lane = p_lane and c.business_id = p_business
                          and c.context_type = s.context_type and c.type = s.type and c.status = s.status
                          and (c.updated_at, c.chat_id) < (coalesce(p_before_at, 'infinity'), coalesce(p_before_id, 0))
                        order by c.updated_at desc, c.chat_id desc limit p_limit + 1) c
                     order by c.updated_at desc, c.chat_id desc limit p_limit + 1) l
              cross join lateral (select u.* from market.customers u where u.customer_id = l.customer_id offset 0) u) page;
end
$$
---
-- The chats of a business in any of these states that moved after a walk began: not visible in its snapshot. By id, those after
-- p_after. p_since only narrows what is looked through.
create or replace function market.read_moved_chats_of_states(
  p_lane smallint, p_business bigint, p_contexts text[], p_types text[], p_statuses text[],
  p_since timestamptz, p_snapshot pg_snapshot, p_after bigint, p_limit integer)
returns table (chats text, count integer, first_at timestamptz, last_at timestamptz, last_id bigint, has_more boolean, snapshot text)
language plpgsql stable
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
    select coalesce(string_agg(page.json, ',') filter (where page.place <= p_limit), ''),
           (count(*) filter (where page.place <= p_limit))::integer,
           max(page.updated_at) filter (where page.place = 1),
           max(page.updated_at) filter (where page.place = p_limit),
           max(page.chat_id) filter (where page.place = p_limit),
           coalesce(bool_or(page.place > p_limit), false),
           pg_current_snapshot()::text
      from (select l.chat_id, l.updated_at, market.chat_json(l, u) as json, row_number() over (order by l.chat_id) as place
              -- Ids come after times: in the order of ids all chats of the business would be looked through.
              from (select c.* from unnest(p_contexts, p_types, p_statuses) as s(context_type, type, status)
                     cross join lateral (
                       select c.* from market.chats c
                        where c.lane = p_lane and c.business_id = p_business
                          and c.context_type = s.context_type and c.type = s.type and c.status = s.status
                          and c.updated_at >= p_since offset 0) c
                     where c.chat_id > p_after and not pg_visible_in_snapshot(c.changed_in, p_snapshot)
                     order by c.chat_id limit p_limit + 1) l
              cross join lateral (select u.* from market.customers u where u.customer_id = l.customer_id offset 0) u) page;
end
$$
