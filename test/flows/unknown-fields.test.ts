/** What a request has that its operation does not know is answered as published, and told in the query log. */
import { expect, test } from 'vitest'
import { envelope, makeCall, makeScene, send } from '../support/published-calls.ts'
import { readLog } from '../support/query-log.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

async function lastRequest(businessId: bigint) {
  const { requests } = await readLog(market, businessId)
  return requests[0]
}

test('fields in the wrong place and misspelt ones are ignored, and named with where they belong', async () => {
  const scene = await makeScene(market)
  const call = makeCall('getChats', scene)
  const json = { limit: 5, page_token: 'x', contexts: [{ type: 'ORDER', id: 1, kind: 'x' }], colour: 1 }

  const reply = await send(market, { ...call, query: { statuses: 'NEW', page_token: '' }, json })

  expect(reply.status).toBe(200)
  expect((await lastRequest(scene.businessId))?.unknownFields).toEqual([
    { at: 'query.statuses', known: 'body.statuses' },
    { at: 'body.contexts[0].kind' },
    { at: 'body.limit', known: 'query.limit' },
    { at: 'body.page_token', known: 'query.pageToken' },
    { at: 'body.colour' },
  ])
})

test('a chatId in the body is refused as published, and the log says where it belongs', async () => {
  const scene = await makeScene(market)
  const call = makeCall('getChatHistory', scene)

  const reply = await send(market, { ...call, query: {}, json: { chatId: 1 } })

  expect(reply.status).toBe(400)
  expect(reply.text).toBe(envelope('BAD_REQUEST', "Required request parameter 'chatId' is not present"))
  expect((await lastRequest(scene.businessId))?.unknownFields).toEqual([{ at: 'body.chatId', known: 'query.chatId' }])
})

test('a body that is refused is looked through too, and a query of an operation that has none', async () => {
  const scene = await makeScene(market)
  await send(market, { ...makeCall('getChats', scene), json: { types: 7, limit: 5 } })
  expect((await lastRequest(scene.businessId))?.unknownFields).toEqual([{ at: 'body.limit', known: 'query.limit' }])

  await send(market, { ...makeCall('getCampaign', scene), query: { limit: '5' } })
  expect((await lastRequest(scene.businessId))?.unknownFields).toEqual([{ at: 'query.limit' }])
})

test('nothing is said of what is known, deprecated or another name, and of who is refused before it is read', async () => {
  const scene = await makeScene(market)
  const stranger = await makeScene(market)
  const chats = makeCall('getChats', scene)
  await send(market, { ...chats, query: { page_token: 'x' }, json: { orderIds: [1], types: null } })
  await send(market, { ...chats, path: makeCall('getChats', stranger).path, json: { limit: 1 } })

  const { requests } = await readLog(market, scene.businessId, { operation: 'getChats' })
  expect(requests).toHaveLength(2)
  for (const request of requests) expect(request).not.toHaveProperty('unknownFields')
})

test('a name is never the token of the caller, nor more than a line', async () => {
  const scene = await makeScene(market)
  const secret = scene.token.slice(5, 45)
  const json = { [scene.token]: 1, [`x${secret}\n`]: 2, 'a\0b': 3, [`${'y'.repeat(100)}${secret}`]: 4 }

  await send(market, { ...makeCall('getChats', scene), query: { [scene.token]: '1' }, json })

  const told = (await lastRequest(scene.businessId))?.unknownFields?.map(({ at }) => at)
  expect(told).toEqual(['query.…', 'body.…', 'body.x…\ufffd', 'body.a\ufffdb', `body.${'y'.repeat(100)}…`])
})
