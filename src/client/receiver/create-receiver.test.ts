import { expect, test, vi } from 'vitest'
import { notificationTypeOf, serializePing } from '#contract'
import { began, makeFetchReceiver, message, post } from '../../../test/support/fetch-receiver.ts'
import { createReceiver } from './create-receiver.ts'

/** Work that ends when told. */
function makeWork() {
  let end = () => {}
  let fail = (_error: Error) => {}
  const done = new Promise<void>((resolve, reject) => {
    end = resolve
    fail = reject
  })
  return { done, end: () => end(), fail: (error: Error) => fail(error) }
}

test('PING is answered as published', async () => {
  const { receive } = makeFetchReceiver()

  const answer = await receive(post(serializePing(began)))

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await answer.text()).toBe('{"version":"2.1.0","name":"Лавка","time":"2026-03-01T09:00:00.000Z"}')
})

test('each notification is given to its handler, with its ids as bigint', async () => {
  const onMessage = vi.fn()
  const onChatCreated = vi.fn()
  const { receive, tell } = makeFetchReceiver({ onMessage, onChatCreated })
  const text = JSON.stringify(message()).replace('"chatId":2', '"chatId":9007199254740993')

  expect((await receive(post(text))).status).toBe(200)
  expect(await tell(message({ notificationType: notificationTypeOf.chat_created, createdAt: began }))).toBe(200)

  const about = { type: notificationTypeOf.message_sent, businessId: 1n, chatId: 9007199254740993n, messageId: 3n }
  expect(onMessage.mock.calls).toEqual([[{ ...about, at: new Date('2026-03-01T08:59:59.999Z') }]])
  expect(onChatCreated).toHaveBeenCalledTimes(1)
})

test('without a handler a notification is taken all the same', async () => {
  expect(await makeFetchReceiver().tell(message())).toBe(200)
})

test('a type that is not known goes to onOther, each time, and is answered 200', async () => {
  const onOther = vi.fn()
  const { tell } = makeFetchReceiver({ onOther })
  const order = { notificationType: 'ORDER_CREATED', orderId: 5 }

  expect([await tell(order), await tell(order)]).toEqual([200, 200])
  expect(onOther.mock.calls).toEqual([[order], [order]])
})

// A PING but for a byte that no UTF-8 has.
const latin1 = Uint8Array.from(serializePing(began).replace('}', ',"x":"\xff"}'), letter => letter.charCodeAt(0))

const refused: [string, Request, number, string][] = [
  ['a GET', new Request('http://shop.example/'), 405, 'UNKNOWN'],
  ['no body', new Request('http://shop.example/', { method: 'POST' }), 400, 'WRONG_EVENT_FORMAT'],
  ['no JSON', post('{"notificationType":'), 400, 'WRONG_EVENT_FORMAT'],
  ['no UTF-8', post('', { body: latin1 }), 400, 'WRONG_EVENT_FORMAT'],
  ['no notification', post({ id: 1 }), 400, 'WRONG_EVENT_FORMAT'],
  ['a message without its id', post(message({ messageId: undefined })), 400, 'WRONG_EVENT_FORMAT'],
  ['a message of another business', post(message({ businessId: 8 })), 400, 'WRONG_EVENT_FORMAT'],
  ['more than 64 KB', post(' '.repeat(65_537)), 413, 'WRONG_EVENT_FORMAT'],
]
test.for(refused)('%s is refused as published', async ([, request, status, type]) => {
  const { receive, onError } = makeFetchReceiver({ businessId: 1 })

  const answer = await receive(request)

  expect(answer.status).toBe(status)
  expect(await answer.json()).toEqual({ error: { type, message: expect.stringMatching(/./) } })
  expect(onError).not.toHaveBeenCalled()
})

test('64 KB are read, and of an endless body no more than that', async () => {
  const { receive } = makeFetchReceiver()
  const padded = JSON.stringify(message()).padEnd(65_536)
  let parts = 0
  const endless = new ReadableStream<Uint8Array>({
    pull: controller => controller.enqueue(new Uint8Array(1024).fill(++parts && 0x20)),
  })

  const read = await receive(post(padded))
  const cut = await receive(post('', { body: endless, duplex: 'half' }))

  expect([read.status, cut.status]).toEqual([200, 413])
  expect(parts).toBeLessThan(100)
})

test('a body that breaks off is answered 500, so that it is told again', async () => {
  const { receive, onError } = makeFetchReceiver()
  const broken = new ReadableStream<Uint8Array>({ start: controller => controller.error(new Error('hung up')) })

  expect((await receive(post('', { body: broken, duplex: 'half' }))).status).toBe(500)
  expect(onError).not.toHaveBeenCalled()
})

test('a duplicate is answered 200 and not handled again; another message, chat, business or type is no duplicate', async () => {
  const handled: string[] = []
  const note = ({ type, chatId }: { type: string; chatId: bigint }) => void handled.push(`${type} ${chatId}`)
  const { tell } = makeFetchReceiver({ onMessage: note, onDisputeStarted: note })
  const dispute = (startedAt: string) =>
    message({ notificationType: notificationTypeOf.dispute_started, startedAt, messageId: undefined })
  const told = [
    ...[message(), message({ messageId: 3 }), message({ sentAt: '2026-03-01T09:00:01Z' })],
    ...[message({ messageId: '4' }), message({ chatId: 7 }), message({ businessId: 9 })],
    ...[dispute('2026-03-01T09:00:00Z'), dispute('2026-03-01T09:00:00Z'), dispute('2026-03-01T10:00:00Z')],
  ]

  for (const body of told) expect(await tell(body)).toBe(200)

  const [sent, started] = [notificationTypeOf.message_sent, notificationTypeOf.dispute_started]
  expect(handled).toEqual([`${sent} 2`, `${sent} 2`, `${sent} 7`, `${sent} 2`, `${started} 2`, `${started} 2`])
})

test('the memory of duplicates is bounded: the least recently told is forgotten first', async () => {
  const handled: bigint[] = []
  const { tell } = makeFetchReceiver({ onMessage: ({ messageId }) => void handled.push(messageId), rememberMost: 2 })

  for (const messageId of [1, 2, 1, 3, 1, 2]) await tell(message({ messageId }))

  expect(handled).toEqual([1n, 2n, 3n, 2n])
})

test('a handler that fails is answered 500 and told of, and the next attempt is handled', async () => {
  const failure = new Error('the database is away')
  const onMessage = vi.fn().mockRejectedValueOnce(failure)
  const { tell, onError, waits } = makeFetchReceiver({ onMessage })

  expect([await tell(message()), await tell(message()), await tell(message())]).toEqual([500, 200, 200])
  expect(onMessage).toHaveBeenCalledTimes(2)
  expect(onError.mock.calls).toEqual([[failure, expect.objectContaining({ messageId: 3n })]])
  expect(waits.every(({ isOver }) => isOver)).toBe(true)
})

test('the text of a failure goes to nobody else', async () => {
  const { receive } = makeFetchReceiver({
    onMessage: () => {
      throw new Error('a buyer wrote this')
    },
  })

  expect(await (await receive(post(message()))).text()).not.toContain('buyer')
})

test('a slow handler is answered 200 after 800 ms and goes on', async () => {
  const work = makeWork()
  const waitUntil = vi.fn()
  const { tell, waits, endWaits, onError } = makeFetchReceiver({ onMessage: () => work.done })

  const answered = tell(message(), { waitUntil })
  await vi.waitUntil(() => waits.length > 0, { timeout: 30_000 })
  endWaits()

  expect(await answered).toBe(200)
  expect(waits.map(({ ms }) => ms)).toEqual([800])
  const failure = new Error('too late for a 500')
  work.fail(failure)
  expect(waitUntil).toHaveBeenCalledTimes(1)
  await waitUntil.mock.calls[0]?.[0]
  expect(onError.mock.calls).toEqual([[failure, expect.objectContaining({ chatId: 2n })]])
  expect(await tell(message()), 'it was forgotten, and is handled again').toBe(500)
})

test('a duplicate of what is under way waits for its outcome, and shares it', async () => {
  const work = makeWork()
  const onMessage = vi.fn(() => work.done)
  const { tell, waits } = makeFetchReceiver({ onMessage })

  const both = [tell(message()), tell(message())]
  await vi.waitUntil(() => waits.length === 2, { timeout: 30_000 })
  work.fail(new Error('no'))

  expect(await Promise.all(both)).toEqual([500, 500])
  expect(onMessage).toHaveBeenCalledTimes(1)
})

test('a failure of what was forgotten meanwhile leaves the same notification of now alone', async () => {
  const [early, late] = [makeWork(), makeWork()]
  const onMessage = vi.fn().mockReturnValueOnce(early.done).mockReturnValueOnce(undefined).mockReturnValue(late.done)
  const { tell } = makeFetchReceiver({ onMessage, rememberMost: 1 })
  const first = tell(message({ messageId: 1 }))
  await tell(message({ messageId: 2 }))
  const again = tell(message({ messageId: 1 }))
  await vi.waitUntil(() => onMessage.mock.calls.length === 3, { timeout: 30_000 })
  early.fail(new Error('no'))
  expect(await first).toBe(500)

  const shared = tell(message({ messageId: 1 }))
  late.end()
  expect(await Promise.all([again, shared])).toEqual([200, 200])
  expect(onMessage).toHaveBeenCalledTimes(3)
})

test('an onError that fails changes no answer', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const fail = () => {
    throw new Error('no')
  }
  const { tell } = makeFetchReceiver({ onMessage: fail, onError: fail })

  expect(await tell(message())).toBe(500)
  expect(told).toHaveBeenCalledTimes(1)
  told.mockRestore()
})

test('without onError a failure is written to the console', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const failure = new Error('no')
  const receive = createReceiver({
    name: 'Лавка',
    onMessage: () => {
      throw failure
    },
  })

  await receive(post(message()))

  expect(told.mock.calls).toEqual([[expect.any(String), failure]])
  told.mockRestore()
})

test('a body that somebody has parsed is taken, unless that has rounded an id', async () => {
  const onMessage = vi.fn()
  const { receive, onError } = makeFetchReceiver({ onMessage })
  const take = async (parsedBody: unknown) => (await receive(post(''), { parsedBody })).status

  expect(await take(message())).toBe(200)
  expect(await take(message({ chatId: 2 ** 53 }))).toBe(500)
  expect(await take('a text')).toBe(400)
  expect(onMessage).toHaveBeenCalledTimes(1)
  expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: expect.stringContaining('rounded') })
})

test('a request that was read before is a mistake of whoever passes it on', async () => {
  const { receive, onError } = makeFetchReceiver()
  const request = post(message())
  await request.text()

  expect((await receive(request)).status).toBe(500)
  expect(onError.mock.calls[0]?.[0]).toMatchObject({ name: 'Misconfigured' })
})
