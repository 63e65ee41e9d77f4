import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import { askAdminFor } from '../support/admin.ts'
import { buyerOf, chatPath } from '../support/buyer.ts'
import { prilavokIn } from '../support/command.ts'
import { checkOut, findEarlierVersion } from '../support/earlier-version.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { makeCall, makeScene, operationNames, type Scene, send } from '../support/published-calls.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { cloneDatabase, collectingLog, startTestMarket } from '../support/test-market.ts'

const earlier = findEarlierVersion()
if (!earlier) console.warn('An earlier version beside this one was not run: history does not tell which it is.')

const limits = { isHourlyLifted: false, maxParallel: 4 }

type Market = { url: string; adminToken: string }

async function makeEmptyDatabase(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const sql = connect(url, { max: 1, name: 'test' })
  await sql.unsafe('drop schema market cascade')
  await sql.end()
  return url
}

async function expectAllWell(market: Market, scene: Scene): Promise<void> {
  for (const name of operationNames)
    expect(await send(market, makeCall(name, scene)), name).toMatchObject({ status: 200 })
}

/** What the customer writes by one process is read by the other, and one says it to the customer. */
async function expectConversation(one: Market, other: Market, scene: Scene): Promise<void> {
  const { publicId } = scene.customer
  const { token } = await askAdminFor<{ token: string }>(one, `POST /customers/${publicId}/tokens`)
  const messages = `${chatPath(scene, scene.chatId)}/messages` as const
  const said = await buyerOf(one, publicId, token).ask(`POST ${messages}`, { text: 'Две версии рядом' })
  const read = await buyerOf(other, publicId, token).ask(`GET ${messages}`)

  expect(said).toMatchObject({ status: 201 })
  expect(read.text).toContain('Две версии рядом')
}

test.skipIf(!earlier)(
  'an earlier version works on beside this one, on the schema of this one',
  async () => {
    const databaseUrl = await makeEmptyDatabase()
    const tree = checkOut(earlier ?? '')
    const place = ['--database-url', databaseUrl, '--port', '0', '--json']
    const free = ['--allow-private-webhooks']
    const env = { PRILAVOK_SECRET: 'a secret of the tests' }
    const startEarlier = () => prilavokIn(tree, ['market', ...place, ...free, '--data', makeOpenFolder()], env)
    const running = startEarlier()
    const { api, adminToken } = JSON.parse(await running.firstLine()) as { api: string; adminToken: string } // the documented line
    const old = { url: api, adminToken }
    const scene = await makeScene(old)
    const receiver = await makeReceiver()
    await expectAllWell(old, scene)

    const errors: string[] = []
    const now = await startTestMarket({
      ...limits,
      databaseUrl,
      filesFolder: makeOpenFolder(),
      log: collectingLog(errors),
    })
    onTestFinished(() => now.stop())
    await subscribe(now.market.sql, scene, { url: receiver.url, types: ['message_sent'] })
    for (const market of [old, now, old]) await expectAllWell(market, scene)
    await expectConversation(old, now, scene)
    await expectConversation(now, old, scene)
    const restarted = await startEarlier().ended
    // Of the shop's a text and a file in each of three rounds, and two of the customer's.
    const arrivals = await receiver.arrived(8)

    expect(new Set(arrivals.map(({ body }) => body.messageId)).size).toBe(8)
    expect(errors).toEqual([])
    expect(restarted).toMatchObject({ code: 1, err: expect.stringContaining('made by another version of Prilavok') })
    running.child.kill('SIGINT')
    const { code, err } = await running.ended
    expect({ code, errors: err.split('\n').filter(line => line.includes('"level":50')) }).toEqual({
      code: 0,
      errors: [],
    })
  },
  180_000,
)
