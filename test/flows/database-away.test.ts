import { expect, test } from 'vitest'
import { envelope, makeCall, makeForm, makeScene, operationNames, resultOf, send } from '../support/published-calls.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { startSecond } from '../support/second-market.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const away = {
  status: 503,
  text: envelope('SERVICE_UNAVAILABLE', 'Service temporarily unavailable. Please, try again later'),
}

test('while the database is away every operation says so, and when it is back the same process goes on', async () => {
  const database = await makeRestartablePostgres()
  const running = await startSecond({ databaseUrl: database.url })
  const scene = await makeScene(running)
  const file = await sendFile(running, scene)
  const unknown = await scene.makeKey(['communication'])
  const look = async (path: string) => (await fetch(`${running.url}${path}`)).status
  const readFile = async (token: string) => (await fetch(file, { headers: { 'api-key': token } })).status

  await database.stop()
  const replies = []
  for (const name of operationNames) replies.push(await send(running, makeCall(name, scene)))
  const health = [await look('/readyz'), await look('/healthz'), await look('/metrics')]
  const fileStatuses = [await readFile(scene.token), await readFile(unknown)]
  await database.startAgain()

  // What getAuthTokenInfo tells may come from memory; whatever needs the database is refused.
  for (const reply of replies.slice(0, -1)) expect(reply).toMatchObject(away)
  expect(health).toEqual([503, 200, 200])
  expect(fileStatuses).toEqual([503, 503])
  await expect.poll(() => look('/readyz'), { timeout: 30_000 }).toBe(200)
  for (const name of operationNames)
    expect(await send(running, makeCall(name, scene)), name).toMatchObject({ status: 200 })
  expect(await readFile(unknown)).toBe(200)
}, 60_000)

async function sendFile(running: { url: string }, scene: Parameters<typeof makeCall>[1]): Promise<string> {
  await send(running, { ...makeCall('sendFileToChat', scene), body: makeForm(new Uint8Array([1, 2, 3])) })
  const { messages } = resultOf(await send(running, makeCall('getChatHistory', scene))) as {
    messages: { payload?: { url: string }[] }[]
  } // the published answer
  return messages.at(-1)?.payload?.[0]?.url ?? ''
}

test('connections that the database cuts off in the middle of work are made again', async () => {
  const scene = await makeScene(market)
  const cut = () => market.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like ${`%${process.pid} market`}`

  for (let round = 0; round < 8; round++) {
    await Promise.all([cut(), ...Array.from({ length: 10 }, () => send(market, makeCall('sendMessageToChat', scene)))])
    const replies = await Promise.all(Array.from({ length: 10 }, () => send(market, makeCall('getChat', scene))))

    expect(replies.filter(reply => ![200, 503].includes(reply.status))).toEqual([])
    await expect.poll(async () => (await send(market, makeCall('getChat', scene))).status).toBe(200)
  }
})

test('a query that is wrong on our side is 500 without a word of it, whatever the verb, and is logged', async () => {
  const scene = await makeScene(market)
  await market.sql`alter table market.messages rename to messages_away`
  const replies = [
    await send(market, makeCall('getChatMessage', scene)),
    await send(market, makeCall('getChatHistory', scene)),
    await send(market, makeCall('sendMessageToChat', scene)),
    await send(market, makeCall('sendFileToChat', scene)),
  ]
  await market.sql`alter table market.messages_away rename to messages`

  expect(replies.map(reply => reply.text)).toEqual(Array(4).fill(envelope('INTERNAL_ERROR', 'Internal server error')))
  expect(market.takeErrors()).toHaveLength(4)
  expect(await send(market, makeCall('sendMessageToChat', scene))).toMatchObject({ status: 200 })
})
