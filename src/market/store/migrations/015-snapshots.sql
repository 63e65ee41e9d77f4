-- Directory: the lab's snapshots. What each one holds is in a schema of its own, lab_snapshot_<name>; `migrations` says with
-- which form of the tables it fits.
create table market.lab_snapshots (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,40}$'),
  created_at timestamptz not null,
  clock timestamptz not null,
  row_count bigint not null,
  migrations text[] not null
)
