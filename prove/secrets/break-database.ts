import { connect } from '../../src/database/connect.ts'
import { chatPath } from '../../test/support/buyer.ts'
import { ask, type Reply } from '../../test/support/http.ts'
import { provided } from '../../test/support/run-context.ts'
import { buyersText, type Scene } from './scene.ts'

type Failed = { what: string; text: string }

/** The database refuses a row, which it quotes in its error; then it lets nobody in, whose URL has a password. */
export async function breakDatabase(scene: Scene): Promise<Failed[]> {
  const { sql } = scene
  await sql.unsafe("alter table market.messages add constraint refusing check (body not like 'canary-%') not valid")
  const refused = await writeAll(scene, 'a row that the database refuses')
  await sql.unsafe('alter table market.messages drop constraint refusing')
  return [...refused, ...(await shutOut(scene))]
}

async function shutOut(scene: Scene): Promise<Failed[]> {
  const admin = connect(`${provided('postgres')}postgres`, { max: 1, name: 'proof' })
  const name = new URL(scene.databaseUrl).pathname.slice(1)
  await admin.unsafe(`alter database ${name} allow_connections false`)
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  const failed = await writeAll(scene, 'a database that lets nobody in')
  await admin.unsafe(`alter database ${name} allow_connections true`)
  await admin.end()
  await untilReady(scene.url)
  return failed
}

async function writeAll({ url, shop, buyer, secrets }: Scene, what: string): Promise<Failed[]> {
  const text = secrets[buyersText] ?? ''
  const path = `${url}/v2/businesses/${shop.businessId}/chats/message?chatId=${shop.chatId}`
  const replies = await Promise.all([
    buyer.ask(`POST ${chatPath(shop, shop.chatId)}/messages`, { text }),
    ask(path, { method: 'POST', headers: { 'api-key': shop.token }, json: { message: text } }),
    buyer.ask('GET /chats'),
  ])
  const failed = replies.filter(({ status }) => status >= 500)
  if (failed.length === 0)
    throw new Error(`${what} was answered ${replies.map(({ status }) => status)}: it broke nothing`)
  return failed.map((reply: Reply) => ({ what, text: reply.text }))
}

const patienceMs = 30_000

async function untilReady(url: string): Promise<void> {
  const until = performance.now() + patienceMs
  while (!(await fetch(`${url}/readyz`)).ok)
    if (performance.now() > until) throw new Error('the market has not found its database again')
}
