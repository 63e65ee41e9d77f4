/** A program of its own for tests to kill: starts PostgreSQL on a folder, keeps one note in it, says so and stays. */
import postgres from 'postgres'
import { startPrivatePostgres } from '#kit'

const [dataDir = '', note = ''] = process.argv.slice(2)
const server = await startPrivatePostgres({ dataDir, say: () => {} })
const sql = postgres({
  host: server.socketDir,
  port: server.port,
  user: server.user,
  database: 'postgres',
  max: 1,
  onnotice: () => {},
})
await sql`create table if not exists notes (note text not null)`
await sql`insert into notes ${sql({ note })}`
process.send?.('kept')
