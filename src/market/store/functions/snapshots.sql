-- What a snapshot holds: every table but those that say how the database came to be, who works on it at this moment, which
-- snapshots there are, and which tokens were revoked: none of these becomes valid again.
create or replace function market.snapshot_tables() returns text[]
language sql stable as $$
  select array_agg(c.relname::text order by c.relname)
    from pg_catalog.pg_class c
   where c.relnamespace = 'market'::regnamespace and c.relkind in ('r', 'p')
     and c.relname not in ('migrations', 'functions', 'lane_leases', 'deliverers', 'lab_snapshots',
                         'token_revocations')
$$
---
-- Copies every table. All copies are of one moment in a transaction that reads one snapshot (repeatable read). Sequences are
-- no part of it: numbers never come twice.
create or replace function market.take_snapshot(p_name text, p_clock timestamptz) returns void
language plpgsql as $$
declare
  v_schema text := 'lab_snapshot_' || p_name;
  v_migrations text[];
  v_table text;
  v_count bigint;
  v_rows bigint := 0;
begin
  execute format('create schema %I', v_schema);
  foreach v_table in array market.snapshot_tables() loop
    execute format('create table %I.%I as table market.%I', v_schema, v_table, v_table);
    get diagnostics v_count = row_count;
    v_rows := v_rows + v_count;
  end loop;
  select array_agg(m.name order by m.name) into v_migrations from market.migrations m;
  insert into market.lab_snapshots (name, created_at, clock, row_count, migrations)
  values (p_name, clock_timestamp(), p_clock, v_rows, v_migrations);
end
$$
---
-- Puts the tables back as they were. Nobody reads or writes meanwhile; whoever holds a table now is waited for as long as
-- lock_timeout says. A delivery that was in flight is nobody's: no lease has epoch 0, so that it is taken over.
create or replace function market.restore_snapshot(p_name text) returns void
language plpgsql as $$
declare
  v_schema text := 'lab_snapshot_' || p_name;
  v_left text[] := market.snapshot_tables();
  v_all text;
  v_table text;
begin
  select string_agg(format('market.%I', t), ', ' order by t) into v_all from unnest(v_left) as t;
  execute format('lock table %s in access exclusive mode', v_all);
  execute format('truncate %s', v_all);
  while cardinality(v_left) > 0 loop
    -- One that refers to no other that is still empty.
    select t into v_table from unnest(v_left) as t
     where not exists (
       select from pg_catalog.pg_constraint k
        where k.contype = 'f' and k.conrelid = format('market.%I', t)::regclass and k.confrelid <> k.conrelid
          and k.confrelid = any (select format('market.%I', x)::regclass from unnest(v_left) as x))
     order by t limit 1;
    execute format('insert into market.%I select * from %I.%I', v_table, v_schema, v_table);
    v_left := array_remove(v_left, v_table);
  end loop;
  update market.deliveries d set epoch = 0 where d.lane between 0 and 63 and d.state = 'in_flight';
end
$$
---
create or replace function market.drop_snapshot(p_name text) returns void
language plpgsql as $$
begin
  execute format('drop schema if exists %I cascade', 'lab_snapshot_' || p_name);
  delete from market.lab_snapshots s where s.name = p_name;
end
$$
