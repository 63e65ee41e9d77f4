-- The lane of a business: 64 of them, never changed. The same function stands in TypeScript (lane.ts).
create or replace function market.lane_of(p_business_id bigint) returns smallint
language sql immutable parallel safe
return ((p_business_id % 1000003) * 7919 % 1000003 % 64)::smallint
