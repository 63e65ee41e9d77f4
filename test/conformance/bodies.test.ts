import { describe, expect, test } from 'vitest'
import type { OperationName } from '#contract'
import { makeBusiness } from '../support/business.ts'
import {
  badRequest,
  brief,
  envelope,
  makeCall,
  makeScene,
  resultOf,
  send,
  useScene,
} from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

const sendJson = (name: OperationName, json: unknown) => send(market, { ...makeCall(name, scene), json })
const lastMessage = async () => {
  const history = resultOf(await sendJson('getChatHistory', {}))
  const { messages } = history as { messages: { message: string }[] } // the published answer
  return messages.at(-1)?.message
}

const max = 9223372036854775807n

describe('the text of a message', () => {
  const tooLong = badRequest('message size must be between 1 and 4096 (rejected value: …)')
  const empty = badRequest('message size must be between 1 and 4096 (rejected value: )')
  const illegal = badRequest('Illegal input at message')
  const absent = badRequest('message must not be null (rejected value: null)')

  test.each<[title: string, message: string, kept: string]>([
    ['one letter', 'а', 'а'],
    ['4096 letters', 'я'.repeat(4096), 'я'.repeat(4096)],
    ['2048 emoji of two units', '😀'.repeat(2048), '😀'.repeat(2048)],
    ['4096 letters between blanks', `\n  ${'a'.repeat(4096)}\u00a0 \t`, 'a'.repeat(4096)],
    ['blanks inside', ' a \n\n  b ', 'a \n\n  b'],
    ['half of a surrogate pair', 'a\ud83db', 'a\ufffdb'],
    ['marks of HTML and SQL', `<script>'; drop table market.chats; --`, `<script>'; drop table market.chats; --`],
  ])('%s is kept', async (_title, message, kept) => {
    const reply = await sendJson('sendMessageToChat', { message })

    expect(reply.text).toBe('{"status":"OK"}')
    expect(await lastMessage()).toBe(kept)
  })

  test.each<[title: string, json: unknown, expected: object]>([
    ['4097 letters', { message: 'я'.repeat(4097) }, tooLong],
    ['2049 emoji of two units', { message: '😀'.repeat(2049) }, tooLong],
    ['nothing', { message: '' }, empty],
    ['blanks', { message: ' \n\t\u00a0' }, empty],
    ['null', { message: null }, absent],
    ['no field', {}, absent],
    ['a number', { message: 5 }, illegal],
    ['a list', { message: ['a'] }, illegal],
    ['an object', { message: { text: 'a' } }, illegal],
    ['a NUL', { message: 'a\0b' }, illegal],
  ])('%s is refused', async (_title, json, expected) => {
    expect(brief(await sendJson('sendMessageToChat', json))).toEqual(expected)
  })
})

describe('the filters of getChats', () => {
  const fields = ['orderIds', 'contexts', 'contextTypes', 'types', 'statuses']
  const values: Record<string, unknown> = {
    orderIds: 77,
    contexts: { type: 'ORDER', id: 77 },
    contextTypes: 'ORDER',
    types: 'CHAT',
    statuses: 'NEW',
  }

  test.each(fields)('%s may be absent, null, or hold one value', async field => {
    for (const json of [{}, { [field]: null }, { [field]: [values[field]] }]) {
      expect(await sendJson('getChats', json)).toMatchObject({ status: 200 })
    }
  })

  test.each(fields)('%s may not be empty', async field => {
    const { status, text } = await sendJson('getChats', { [field]: [] })

    expect(status).toBe(400)
    expect(text).toContain(`${field} size must be between 1 and `)
  })

  test.each(fields)('%s may not repeat a value', async field => {
    const reply = await sendJson('getChats', { [field]: [values[field], values[field]] })

    expect(brief(reply)).toEqual(badRequest(`${field} must only contain unique elements (rejected value: [...])`))
  })

  test.each(fields)('%s may not be anything else', async field => {
    for (const value of [values[field], 'abc', 5, true]) {
      expect(brief(await sendJson('getChats', { [field]: value }))).toEqual(badRequest(`Illegal input at ${field}`))
    }
  })

  test.each<[json: string, at: string]>([
    ['{ "statuses": ["OPEN"] }', 'statuses[0]'],
    ['{ "statuses": ["NEW", "new"] }', 'statuses[1]'],
    ['{ "types": [null] }', 'types[0]'],
    ['{ "contextTypes": ["ORDER", 7] }', 'contextTypes[1]'],
    ['{ "orderIds": ["77"] }', 'orderIds[0]'],
    ['{ "orderIds": [1.5] }', 'orderIds[0]'],
    [`{ "orderIds": [${max + 1n}] }`, 'orderIds[0]'],
    ['{ "contexts": [{ "type": "DIRECT", "id": 1 }] }', 'contexts[0].type'],
    ['{ "contexts": [{ "type": "ORDER", "id": "1" }] }', 'contexts[0].id'],
    ['{ "contexts": ["ORDER"] }', 'contexts[0]'],
  ])('%s is refused where it is wrong', async (json, at) => {
    expect(brief(await sendJson('getChats', json))).toEqual(badRequest(`Illegal input at ${at}`))
  })

  test('tells everything that is wrong at once', async () => {
    const reply = await sendJson('getChats', { contexts: [{ id: 0 }], types: ['X'] })

    expect(brief(reply)).toEqual(
      badRequest(
        'contexts[0].type must not be null (rejected value: null)',
        'contexts[0].id must be greater than or equal to 1 (rejected value: 0)',
        'Illegal input at types[0]',
      ),
    )
  })

  test('an answer is not larger than the request that was wrong all over', async () => {
    const statuses = Array.from({ length: 60_000 }, () => 'x')
    const reply = await sendJson('getChats', { statuses })

    expect(reply.status).toBe(400)
    expect(reply.text.length).toBeLessThan(10_000)
  })

  test('orderIds may be of any int64', async () => {
    expect(await sendJson('getChats', { orderIds: [-max - 1n, -1, 0, max] })).toMatchObject({ status: 200 })
  })
})

describe('createChat', () => {
  const illegal = (at: string) => badRequest(`Illegal input at ${at}`)
  const absent = (at: string) => badRequest(`${at} must not be null (rejected value: null)`)
  const notFound = (message: string) => ({ status: 404, text: envelope('NOT_FOUND', message) })

  test.each<[json: string, expected: object]>([
    ['{}', absent('context')],
    ['{ "context": null }', absent('context')],
    ['{ "orderId": null }', absent('context')],
    [
      '{ "context": {} }',
      badRequest(...['type', 'id'].map(at => `context.${at} must not be null (rejected value: null)`)),
    ],
    ['{ "context": { "type": "DIRECT", "id": 1 } }', illegal('context.type')],
    ['{ "context": { "type": "order", "id": 1 } }', illegal('context.type')],
    ['{ "context": { "type": "ORDER", "id": "1" } }', illegal('context.id')],
    [`{ "context": { "type": "ORDER", "id": ${max + 1n} } }`, illegal('context.id')],
    ['{ "context": [] }', illegal('context')],
    ['{ "orderId": "abc" }', illegal('orderId')],
    [
      '{ "context": { "type": "ORDER", "id": 0 } }',
      badRequest('context.id must be greater than or equal to 1 (rejected value: 0)'),
    ],
    ['{ "context": { "type": "ORDER", "id": 77 } }', notFound('Order not found: 77')],
    [`{ "context": { "type": "RETURN", "id": ${max} } }`, notFound(`Return not found: ${max}`)],
    [`{ "orderId": ${max} }`, notFound(`Order not found: ${max}`)],
  ])('%s', async (json, expected) => {
    expect(brief(await sendJson('createChat', json))).toEqual(expected)
  })

  test('context wins over the deprecated orderId', async () => {
    const reply = await sendJson('createChat', { orderId: 77, context: { type: 'ORDER', id: scene.orderId } })

    expect(resultOf(reply)).toEqual({ chatId: Number(scene.chatId) })
  })

  test("another business's order is no order", async () => {
    const stranger = await makeScene(market)
    const reply = await sendJson('createChat', { orderId: stranger.orderId })

    expect(brief(reply)).toEqual(notFound(`Order not found: ${stranger.orderId}`))
  })

  test('a return has a chat neither in a DBS shop nor about a test order', async () => {
    const dbs = await makeBusiness(market, { placementType: 'dbs' })
    const ofDbs = await dbs.call('/chats/new', { context: { type: 'RETURN', id: await dbs.makeReturn() } })

    const returnId = await scene.makeReturn()
    await market.sql`
      update market.orders o set fake = true from market.returns r
       where r.return_id = ${returnId} and r.order_id = o.order_id and r.business_id = o.business_id`
    const ofTest = await sendJson('createChat', { context: { type: 'RETURN', id: returnId } })

    expect(brief(ofDbs)).toEqual(badRequest('Chats about returns are not available for DBS shops'))
    expect(brief(ofTest)).toEqual(badRequest('Chats about returns are not available for test orders'))
  })

  test('an order id of all 63 bits comes back digit for digit', async () => {
    await scene.makeOrder(max)
    const created = await sendJson('createChat', { context: { type: 'ORDER', id: max } })
    const found = await sendJson('getChats', { contexts: [{ type: 'ORDER', id: max }] })
    const foundByOrder = await sendJson('getChats', { orderIds: [max] })

    expect(created.status).toBe(200)
    expect(found.text.match(/"orderId":9223372036854775807[,}]/g)).toHaveLength(2)
    expect(foundByOrder.text).toBe(found.text)
  })
})

describe('messageIdFrom', () => {
  test.each<[value: unknown, message: string]>([
    [0, 'messageIdFrom must be greater than or equal to 1 (rejected value: 0)'],
    [-max - 1n, `messageIdFrom must be greater than or equal to 1 (rejected value: ${-max - 1n})`],
    [max + 1n, 'Illegal input at messageIdFrom'],
    ['33', 'Illegal input at messageIdFrom'],
    [1.5, 'Illegal input at messageIdFrom'],
  ])('%s is refused', async (messageIdFrom, message) => {
    expect(brief(await sendJson('getChatHistory', { messageIdFrom }))).toEqual(badRequest(message))
  })

  test('of the highest int64 finds nothing', async () => {
    expect(resultOf(await sendJson('getChatHistory', { messageIdFrom: max }))).toMatchObject({
      messages: [],
      paging: {},
    })
  })

  test('null counts as absent', async () => {
    expect(await sendJson('getChatHistory', { messageIdFrom: null })).toMatchObject({ status: 200 })
  })
})
