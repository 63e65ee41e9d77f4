-- Whose move it is in a chat: in which of the desk's views it stands. The one place that decides it.
create or replace function desk.view_of(
  p_type text, p_status text, p_waiting_since timestamptz, p_last_message_id bigint, p_done_to_message_id bigint
) returns text
language sql immutable parallel safe
return case
  when p_status = 'FINISHED' then 'finished'
  when p_type = 'ARBITRAGE' then 'disputes'
  when p_done_to_message_id >= p_last_message_id then 'buyer'
  when p_status = 'WAITING_FOR_PARTNER' or p_waiting_since is not null then 'waiting'
  else 'buyer'
end
