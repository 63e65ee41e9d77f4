/** PostgreSQL: connections and statements, LISTEN, migrations, a private server. Knows no table and no domain word; imports kit. */
export { connect, countConnections, type Queries, type Sql } from './connect.ts'
export { constant, constantWords, pageSize } from './constant.ts'
export { isBadData, isDatabaseAway, isInTheWay, isOwnerGone, isTooLong, NoWritesError } from './errors.ts'
export { EventBus } from './event-bus.ts'
export { findShortage } from './find-shortage.ts'
export { inspectServer, type ServerFacts } from './inspect-server.ts'
export { migrate } from './migrate/migrate.ts'
export type { Schema } from './migrate/schema.ts'
export {
  type PrivatePostgres,
  startPrivatePostgres,
  startTemporaryPostgres,
  type TemporaryPostgres,
} from './private-postgres/index.ts'
export { identifier } from './statement.ts'
export { tryNotifications } from './try-notifications.ts'
