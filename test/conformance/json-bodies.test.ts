import { describe, expect, test } from 'vitest'
import type { OperationName } from '#contract'
import { serializeJson } from '../support/http.ts'
import { badRequest, brief, makeCall, resultOf, send, useScene } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

const withBody: OperationName[] = ['getChats', 'getChatHistory', 'createChat', 'sendMessageToChat']
const lastMessage = async () => {
  const history = resultOf(await send(market, makeCall('getChatHistory', scene)))
  const { messages } = history as { messages: { message: string }[] } // the published answer
  return messages.at(-1)?.message
}

describe.each(withBody)('%s, the body as a whole', name => {
  const sendText = (body: string | Uint8Array<ArrayBuffer>) => {
    const { json: _json, ...call } = makeCall(name, scene)
    return send(market, { ...call, headers: { ...call.headers, 'content-type': 'application/json' }, body })
  }

  test.each(['', ' ', '\r\n'])('%j is missing', async body => {
    expect(brief(await sendText(body))).toEqual(badRequest('Required request body is missing'))
  })

  test.each(['null', '[]', '"text"', '5', 'true'])('%s is no object', async body => {
    expect(brief(await sendText(body))).toEqual(badRequest('Illegal input at body'))
  })

  test.each([
    '{',
    '{"',
    '{"a',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":[',
    '{"a":"b',
    '{"a":"\\',
    '{"a":"\\u00',
    '{"a":tr',
    '{"a":-',
  ])('%s is cut off', async body => {
    expect(brief(await sendText(body))).toEqual(badRequest('Unexpected end of content'))
  })

  test.each([
    '{]',
    '{"a" 1}',
    '{"a":1}}',
    "{'a':1}",
    '{"a":01}',
    '{"a":NaN}',
    '{"a":"\u0001"}',
    '<xml/>',
    '{"a":"\\x"}',
  ])('%j is no JSON', async body => {
    const { status, text } = await sendText(body)

    expect(status).toBe(400)
    expect(text).toMatch(
      /^{"status":"ERROR","errors":\[{"code":"BAD_REQUEST","message":"JSON: unexpected token( at position \d+)?"}]}$/,
    )
  })

  test('bytes that are not UTF-8 are refused, as a program would send them that means windows-1251', async () => {
    const before = await lastMessage()
    const words = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]
    const body = new Uint8Array([...Buffer.from('{"message":"'), ...words, ...Buffer.from('","orderId":77}')])

    expect(brief(await sendText(body))).toEqual(badRequest('JSON: the body is not UTF-8'))
    expect(await lastMessage()).toBe(before)
  })

  test('a byte order mark before the JSON is no matter', async () => {
    const { json } = makeCall(name, scene)

    expect(await sendText(`\ufeff${serializeJson(json)}`)).toMatchObject({ status: 200 })
  })

  test('32 levels are read, 33 are not', async () => {
    const nested = (levels: number) => `{"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`

    const read = await sendText(nested(32))
    const refused = await sendText(nested(33))
    const bomb = await sendText('['.repeat(500_000))

    expect(read.text).not.toContain('nested deeper')
    expect(brief(refused)).toEqual(badRequest('JSON: nested deeper than 32 levels'))
    expect(brief(bomb)).toEqual(badRequest('JSON: nested deeper than 32 levels'))
  })

  test('unknown fields are ignored, those with dangerous names too', async () => {
    const good = JSON.stringify(makeCall(name, scene).json, (_key, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    )
    const more = '"x":{"y":[null]},"__proto__":{"message":5},"constructor":null,"toString":1'
    const reply = await sendText(good === '{}' ? `{${more}}` : good.replace('{', `{${more},`))

    expect(reply).toMatchObject({ status: 200 })
  })
})

test('of a field that is there twice the last counts', async () => {
  const { json: _json, ...call } = makeCall('sendMessageToChat', scene)
  const headers = { ...call.headers, 'content-type': 'application/json' }
  await send(market, { ...call, headers, body: '{"message":5,"message":"вторая"}' })

  expect(await lastMessage()).toBe('вторая')
})

test('a body that inherits its message has none', async () => {
  const { json: _json, ...call } = makeCall('sendMessageToChat', scene)
  const headers = { ...call.headers, 'content-type': 'application/json' }
  const reply = await send(market, { ...call, headers, body: '{"__proto__":{"message":"чужая"}}' })

  expect(brief(reply)).toEqual(badRequest('message must not be null (rejected value: null)'))
})
