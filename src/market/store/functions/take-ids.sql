-- n ids above p_floor, rising. Called under the chat's lock with the chat's last id as the floor, so that in a chat the
-- order of ids is the order of visibility, also after its rows moved to a node whose sequence is behind. Catching up is
-- by nextval alone: setval could race with another session and give a number twice.
create or replace function market.take_ids(p_count integer, p_floor bigint) returns bigint[]
language plpgsql as $$
declare
  v_ids bigint[];
begin
  select array_agg(nextval('market.ids')) into v_ids from generate_series(1, p_count);
  while v_ids[1] <= p_floor loop
    perform nextval('market.ids') from generate_series(1, least((p_floor - v_ids[p_count]) / 32, 1000000));
    select array_agg(nextval('market.ids')) into v_ids from generate_series(1, p_count);
  end loop;
  return v_ids;
end
$$
