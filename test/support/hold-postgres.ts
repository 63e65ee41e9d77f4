/** A program of its own for tests to kill: starts PostgreSQL on a folder, keeps one note in it, says so and stays. */
import { startPrivatePostgres } from '#database'
import { connect } from '../../src/database/connect.ts'

const [dataDir = '', note = ''] = process.argv.slice(2)
const server = await startPrivatePostgres({ dataDir, say: () => {} })
const sql = connect(server.url('postgres'), { max: 1, name: 'test' })
await sql`create table if not exists notes (note text not null)`
await sql`insert into notes values (${note})`
process.send?.('kept')
