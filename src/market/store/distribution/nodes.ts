import type { Queries } from '#database'

/** Where rows lie: a node, and the lanes that it has. */
export type Place = { node: string; lanes: number[] }

/** Nodes that take rows of lanes. */
export async function countNodes(sql: Queries): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::integer as count from pg_catalog.pg_dist_node where shouldhaveshards and noderole = 'primary'`
  return row.count
}

export function listPlaces(sql: Queries): Promise<Place[]> {
  return sql<Place[]>`
    select n.nodename || ':' || n.nodeport as node, array_agg(l.lane::integer order by l.lane) as lanes
      from (select g::smallint as lane from generate_series(0, 63) g) l
      join pg_catalog.pg_dist_placement p on p.shardid = get_shard_id_for_distribution_column('market.chats', l.lane)
      join pg_catalog.pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
     group by 1 order by 1`
}
