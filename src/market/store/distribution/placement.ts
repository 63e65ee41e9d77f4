/**
 * Where each table of the schema lies when Citus distributes it: on the node of its lane, with a copy on every node, or on the
 * coordinator alone. In the order in which they are distributed: what others refer to comes first.
 */
export const placements = {
  settings: 'everywhere',
  businesses: 'everywhere',
  campaigns: 'everywhere',
  api_keys: 'everywhere',
  customers: 'everywhere',
  customer_subscriptions: 'everywhere',
  customer_businesses: 'everywhere',
  // A claim reads the lease beside the deliveries of its lane.
  lane_leases: 'everywhere',
  chats: 'by lane',
  messages: 'by lane',
  orders: 'by lane',
  returns: 'by lane',
  subscriptions: 'by lane',
  deliveries: 'by lane',
  delivery_attempts: 'by lane',
  hourly_hits: 'by lane',
  customer_quotas: 'by lane',
  idempotency_keys: 'by lane',
  requests: 'by lane',
  lab_buyers: 'by lane',
  // Asked for through the coordinator, never beside the rows of a lane.
  migrations: 'coordinator',
  functions: 'coordinator',
  deliverers: 'coordinator',
  lab_snapshots: 'coordinator',
  token_revocations: 'coordinator',
} as const satisfies Record<string, 'by lane' | 'everywhere' | 'coordinator'>

export type Table = keyof typeof placements

/** The table whose shards those of all other lane tables lie beside. */
export const anchor: Table = 'chats'

/**
 * Few: what is of one shard goes together in one statement, and a statement costs far more than a row. Of the counts up to 64 this
 * one spreads the 64 lanes most evenly over two nodes and over four.
 */
export const shardCount = 8
