import { expect, onTestFinished, test } from 'vitest'
import type { RunningMarket } from '#market'
import { doUpkeep } from '../../src/market/upkeep.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { lockWaiters } from '../support/lock-waiters.ts'
import { makeCall, makeScene, resultOf, type Scene, send } from '../support/published-calls.ts'
import { startSecond } from '../support/second-market.ts'
import { setSavedAt, storedPath } from '../support/stored-file.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ maxParallel: 4 })
const patience = { timeout: 30_000 }

const startTwo = async (): Promise<[RunningMarket, RunningMarket]> => {
  const options = { maxParallel: 4, filesFolder: market.filesFolder }
  return [await startSecond(market, [], options), await startSecond(market, [], options)]
}
const read = (at: { url: string }, scene: Scene) => send(at, makeCall('getChat', scene))

/** Nobody reads a chat until it is let go. */
async function holdChats(): Promise<() => Promise<void>> {
  const gate = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holding = market.sql.begin(async transaction => {
    await transaction.unsafe('lock table market.chats in access exclusive mode')
    held.resolve()
    await gate.promise
  })
  await held.promise
  const letGo = () => {
    gate.resolve()
    return holding
  }
  onTestFinished(letGo)
  return letGo
}

test('parallel requests are counted by each process for itself', async () => {
  const [one, other] = await startTwo()
  const scene = await makeScene(one)
  const letGo = await holdChats()
  const waiting = [1, 2, 3, 4].map(() => read(one, scene))
  await lockWaiters(market.sql, 1)

  expect(await read(one, scene)).toMatchObject({ status: 420 })
  const elsewhere = read(other, scene)
  await lockWaiters(market.sql, 2)
  await letGo()

  expect((await Promise.all([...waiting, elsewhere])).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

test('a key that is revoked at one process opens nothing at the others', async () => {
  const [one, other] = await startTwo()
  const scene = await makeScene(one)
  expect(await read(other, scene)).toMatchObject({ status: 200 })
  const keys = `/businesses/${scene.businessId}/keys` as const
  const { keys: made } = await askAdminFor<{ keys: { keyId: number }[] }>(one, `GET ${keys}`)

  await askAdmin(one, `DELETE ${keys}/${made[0]?.keyId}`)

  await expect.poll(async () => (await read(other, scene)).status, patience).toBe(401)
})

test('the query log of every process holds what each has answered, once', async () => {
  const [one, other] = await startTwo()
  const scene = await makeScene(one)
  await Promise.all([read(one, scene), read(other, scene), read(other, scene)])
  for (const { market: parts } of [one, other]) await parts.queryLog?.flush()

  const path = `GET /businesses/${scene.businessId}/requests?operation=getChat` as const
  const pages = await Promise.all([one, other].map(at => askAdminFor<{ requests: { traceId: string }[] }>(at, path)))

  expect(pages[0]?.requests).toEqual(pages[1]?.requests)
  expect(new Set(pages[0]?.requests.map(({ traceId }) => traceId)).size).toBe(3)
})

test('what is done now and then may be done by all at once, and takes nothing that is in use', async () => {
  const processes = [market.running, ...(await startTwo())]
  const scene = await makeScene(market)
  await send(market, makeCall('sendFileToChat', scene))
  const [file] = await market.sql<{ hash: string }[]>`
    select file_hash as hash from market.messages where business_id = ${scene.businessId} and file_hash is not null`
  setSavedAt(storedPath(market, scene.businessId, file?.hash ?? ''), new Date(Date.now() - 24 * 60 * 60 * 1000))

  await Promise.all(processes.map(({ market: parts }) => doUpkeep(parts)))

  const history = resultOf(await send(market, makeCall('getChatHistory', scene)))
  const { messages } = history as { messages: { payload?: { url: string }[] }[] } // the published answer
  const url = messages.flatMap(({ payload }) => payload ?? [])[0]?.url ?? ''
  expect((await fetch(url, { headers: { 'api-key': scene.token } })).status).toBe(200)
})

test('a process that is busy with the database is ready: a balancer would leave out all of them at once', async () => {
  const [one] = await startTwo()
  const scenes = await Promise.all(Array.from({ length: 6 }, () => makeScene(one)))
  const letGo = await holdChats()
  // More than the process has connections for requests.
  const lists = scenes.flatMap(scene => [1, 2, 3, 4].map(() => listFiltered(one, scene)))
  await lockWaiters(market.sql, 16)

  const readiness = await fetch(`${one.url}/readyz`)
  await letGo()

  expect(readiness.status).toBe(200)
  expect((await Promise.all(lists)).map(({ status }) => status)).toEqual(lists.map(() => 200))
})

/** Each on a connection of its own: lists with a filter do not go together. */
function listFiltered(at: { url: string }, scene: Scene) {
  return send(at, { ...makeCall('getChats', scene), json: { contexts: [{ type: 'ORDER', id: scene.orderId }] } })
}
