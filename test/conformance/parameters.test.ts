import { describe, expect, test } from 'vitest'
import { type OperationName, operations } from '#contract'
import {
  badRequest,
  brief,
  envelope,
  makeCall,
  makeScene,
  operationNames,
  resultOf,
  send,
  useScene,
} from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

const with64 = '9223372036854775807'
const askWith = (name: OperationName, query: Record<string, string>) => {
  const call = makeCall(name, scene)
  return send(market, { ...call, query: { ...call.query, ...query } })
}
const queryOf = (name: OperationName): Record<string, unknown> => {
  const operation = operations[name]
  return 'query' in operation ? operation.query.properties : {}
}

const notNumbers = [
  'abc',
  '1.0',
  '1e3',
  '0x10',
  '-',
  '9223372036854775808',
  '-9223372036854775809',
  '1'.repeat(40),
  '１',
]
const notPositive = ['0', '-1', '-9223372036854775808']

describe.each(operationNames.filter(name => 'chatId' in queryOf(name)))('%s, chatId', name => {
  test.each(notNumbers)('%s is no number of 64 bits', async chatId => {
    expect(brief(await askWith(name, { chatId }))).toEqual(badRequest(`Type mismatch: '${chatId}'`))
  })

  test.each(notPositive)('%s is below 1', async chatId => {
    const message = `chatId must be greater than or equal to 1 (rejected value: ${chatId})`
    expect(brief(await askWith(name, { chatId }))).toEqual(badRequest(message))
  })

  test.each(['2', with64])('%s fits and names no chat', async chatId => {
    const text = envelope('NOT_FOUND', `Can't find chat by id: ${chatId}`)
    expect(brief(await askWith(name, { chatId }))).toEqual({ status: 404, text })
  })

  test('empty counts as absent', async () => {
    const { chatId: _absent, ...query } = makeCall(name, scene).query
    const replies = [await askWith(name, { chatId: '' }), await send(market, { ...makeCall(name, scene), query })]

    for (const reply of replies) {
      expect(brief(reply)).toEqual(badRequest("Required request parameter 'chatId' is not present"))
    }
  })

  test('the chat of another business is no chat', async () => {
    const stranger = await makeScene(market)
    const reply = await askWith(name, { chatId: `${stranger.chatId}` })

    const text = envelope('NOT_FOUND', `Can't find chat by id: ${stranger.chatId}`)
    expect(brief(reply)).toEqual({ status: 404, text })
  })
})

test.each<OperationName>(['getChatHistory', 'sendMessageToChat'])(
  '%s looks for chatId in the query alone',
  async name => {
    const json = { chatId: scene.chatId, message: 'Добрый день' }
    const reply = await send(market, { ...makeCall(name, scene), query: {}, json })

    expect(brief(reply)).toEqual(badRequest("Required request parameter 'chatId' is not present"))
  },
)

describe('getChatMessage, messageId', () => {
  test.each(notNumbers)('%s is no number of 64 bits', async messageId => {
    expect(brief(await askWith('getChatMessage', { messageId }))).toEqual(badRequest(`Type mismatch: '${messageId}'`))
  })

  test.each(notPositive)('%s is below 1', async messageId => {
    const message = `messageId must be greater than or equal to 1 (rejected value: ${messageId})`
    expect(brief(await askWith('getChatMessage', { messageId }))).toEqual(badRequest(message))
  })

  test('one that the chat does not have is told with its chat', async () => {
    const reply = await askWith('getChatMessage', { messageId: with64 })

    const text = envelope('NOT_FOUND', `Can't find message by id: ${with64} for chat ${scene.chatId}`)
    expect(brief(reply)).toEqual({ status: 404, text })
  })

  test('is required', async () => {
    const reply = await askWith('getChatMessage', { messageId: '' })
    expect(brief(reply)).toEqual(badRequest("Required request parameter 'messageId' is not present"))
  })
})

const limits: [name: OperationName, most: number][] = [
  ['getChats', 20],
  ['getChatHistory', 100],
  ['getCampaigns', 100],
]

describe.each(limits)('%s, limit up to %i', (name, most) => {
  test.each([1, most])('%i fits', async limit => {
    expect(await askWith(name, { limit: `${limit}` })).toMatchObject({ status: 200 })
  })

  test('above is refused, not cut', async () => {
    const limit = most + 1
    const message = `Parameter limit must be less than or equal to ${most} (rejected value: ${limit})`
    expect(brief(await askWith(name, { limit: `${limit}` }))).toEqual(badRequest(message))
  })

  test.each([0, -1])('%i is refused', async limit => {
    const message = `Parameter limit must be greater than or equal to 1 (rejected value: ${limit})`
    expect(brief(await askWith(name, { limit: `${limit}` }))).toEqual(badRequest(message))
  })

  test.each(['abc', '1.5', '2147483648'])('%s is no number of 32 bits', async limit => {
    expect(brief(await askWith(name, { limit }))).toEqual(badRequest(`Type mismatch: '${limit}'`))
  })

  test.each(['x', 'AAAA', '====', 'bm9uc2Vuc2U', 'a'.repeat(5000)])(
    'the page token %.20s is refused',
    async pageToken => {
      expect(brief(await askWith(name, { pageToken }))).toEqual(badRequest('Bad page token'))
      expect(brief(await askWith(name, { page_token: pageToken }))).toEqual(badRequest('Bad page token'))
    },
  )

  test('an empty page token is none', async () => {
    expect(await askWith(name, { pageToken: '', page_token: '' })).toMatchObject({ status: 200 })
  })
})

test.each<[OperationName, number]>([
  ['getChats', 10],
  ['getChatHistory', 50],
])('%s has pages of %i by default', async (name, size) => {
  const busy = await makeScene(market)
  const letters = Array.from({ length: name === 'getChats' ? 1 : 50 }, () =>
    send(market, makeCall('sendMessageToChat', busy)),
  )
  const chats = Array.from({ length: name === 'getChats' ? 10 : 0 }, () => busy.makeChat())
  await Promise.all([...letters, ...chats])

  const { chats: listed, messages } = resultOf(await send(market, makeCall(name, busy)))

  expect(listed ?? messages).toHaveLength(size)
})

describe('getCampaigns, the older way of paging', () => {
  test.each([
    ['pageSize', '101', 'Parameter pageSize must be less than or equal to 100 (rejected value: 101)'],
    ['pageSize', '0', 'Parameter pageSize must be greater than or equal to 1 (rejected value: 0)'],
    ['pageSize', 'x', "Type mismatch: 'x'"],
    ['page', '10001', 'Parameter page must be less than or equal to 10000 (rejected value: 10001)'],
    ['page', '', undefined],
    ['page', '-1', undefined],
    ['page', '10000', undefined],
    ['pageSize', '100', undefined],
  ])('%s=%s', async (name, text, message) => {
    const reply = await askWith('getCampaigns', { [name]: text })

    if (message === undefined) expect(reply).toMatchObject({ status: 200 })
    else expect(brief(reply)).toEqual(badRequest(message))
  })
})

describe('the business and the shop in the path', () => {
  test.each(notNumbers)('/businesses/%s/chats is refused', async id => {
    const reply = await send(market, {
      ...makeCall('getChats', scene),
      path: `/v2/businesses/${encodeURIComponent(id)}/chats`,
    })
    expect(brief(reply)).toEqual(badRequest(`Type mismatch: '${id}'`))
  })

  test.each(notPositive)('/campaigns/%s is refused', async id => {
    const reply = await send(market, { ...makeCall('getCampaign', scene), path: `/v2/campaigns/${id}` })
    expect(brief(reply)).toEqual(badRequest(`campaignId must be greater than or equal to 1 (rejected value: ${id})`))
  })
})

test('the first of repeated parameters counts', async () => {
  const call = makeCall('getChat', scene)
  const reply = await send(market, { ...call, path: `${call.path}?chatId=${scene.chatId}&chatId=abc`, query: {} })

  expect(reply).toMatchObject({ status: 200 })
})

test('a parameter is cut before it is repeated in an answer', async () => {
  const reply = await askWith('getChat', { chatId: 'x'.repeat(9_000) })

  expect(reply.status).toBe(400)
  expect(reply.text.length).toBeLessThan(300)
})

test('parameters that nobody knows are ignored', async () => {
  const reply = await askWith('getChat', { lang: 'ru', limit: 'abc', __proto__: '1', constructor: '2' })

  expect(reply).toMatchObject({ status: 200 })
})
