import { describe, expect, test } from 'vitest'
import { senders } from '#contract'
import { makeChat } from '../../../test/support/chat-in-memory.ts'
import {
  ApiError,
  BadRequest,
  ChatClosed,
  ConnectionError,
  InvalidInput,
  PrilavokError,
  RateLimited,
  SendUnknown,
  TimeoutError,
  Unavailable,
} from '../errors.ts'
import { normaliseText, type SendOncePort, sendOnce } from './send-once.ts'

const [, buyer] = senders

const throwing = (error: Error) => () => {
  throw error
}
const facts = { operation: 'send', status: 400, codes: [], messages: [], traceId: undefined }
const lost = new SendUnknown('send', new ConnectionError({ operation: 'send', wasSent: undefined }), 'k')

test('what is sent is confirmed with the id that it has in the history', async () => {
  const chat = makeChat()
  chat.write('Добрый день')
  chat.write('Добрый день', buyer)

  expect(await sendOnce(chat.port, 7, 'Добрый день')).toEqual({ state: 'confirmed', messageId: 3n })
  expect(chat.waits).toEqual([0])
})

test('with the newest message known, only what comes after it is read', async () => {
  const chat = makeChat()
  chat.write('раз')
  chat.write('раз')

  expect(await sendOnce(chat.port, 7, 'раз', { since: '2' })).toEqual({ state: 'confirmed', messageId: 3n })
  expect(chat.readFrom).toEqual(['2', 2n])
})

test('without it the whole history is read before, and its end after', async () => {
  const chat = makeChat()
  chat.write('раз')
  chat.write('два', buyer)
  await sendOnce(chat.port, 7, 'три')

  expect(chat.readFrom).toEqual([undefined, 2n])
})

test('a lost answer of a written message is confirmed by the history', async () => {
  const chat = makeChat({
    onSend: write => {
      write()
      throw lost
    },
  })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'confirmed', messageId: 1n })
})

test('a message that appears late is waited for', async () => {
  const late: (() => void)[] = []
  const chat = makeChat({
    onSend: write => {
      late.push(
        () => {},
        () => {},
        write,
      )
      throw lost
    },
    onWait: () => late.shift()?.(),
  })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'confirmed', messageId: 1n })
  expect(chat.waits).toHaveLength(3)
})

test('what never appears is unknown, never "not sent"', async () => {
  const chat = makeChat({ onSend: throwing(lost) })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'unknown', why: lost })
  expect(chat.waits.length).toBeGreaterThan(3)
})

test('an accepted message that the history does not show is unknown too', async () => {
  const chat = makeChat({ onSend: () => {} })

  const why = new PrilavokError('The market has accepted the message, which is not in the history yet.')
  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'unknown', why })
})

test('two of the same text at once are told apart by nobody', async () => {
  const chat = makeChat({
    onSend: write => {
      write()
      write()
    },
  })

  const why = new PrilavokError('More than one message of this text has come.')
  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'unknown', why })
})

test("a buyer's message of the same text confirms nothing", async () => {
  const chat = makeChat({
    onSend: () => {
      chat.write('раз', buyer)
      throw lost
    },
  })

  expect(await sendOnce(chat.port, 7, 'раз')).toMatchObject({ state: 'unknown' })
})

describe('what an error of the send leaves', () => {
  const refused = [
    ['a refusal', new BadRequest(facts)],
    ['a chat that is closed', new ChatClosed(facts)],
    ['a limit', new RateLimited(facts, undefined)],
    ['no connection', new ConnectionError({ operation: 'send', wasSent: false })],
  ] as const
  const doubtful = [
    ['5xx', new Unavailable({ ...facts, status: 503 })],
    ['a broken connection', new ConnectionError({ operation: 'send', wasSent: undefined })],
    ['a connection broken after the request', new ConnectionError({ operation: 'send', wasSent: true })],
    ['a timeout', new TimeoutError('send', 1)],
    ['nobody can tell', lost],
    ['an error of nobody', new Error('?')],
  ] as const

  test.each(refused)('%s: not sent', async (_name, error) => {
    const chat = makeChat({ onSend: throwing(error) })

    expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'notSent', why: error })
    expect(chat.waits).toEqual([])
  })

  test.each(doubtful)('%s: unknown', async (_name, error) => {
    const chat = makeChat({ onSend: throwing(error) })

    expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'unknown', why: error })
  })

  test('an argument that cannot be right: rejected', async () => {
    const chat = makeChat({ onSend: throwing(new InvalidInput('chatId')) })

    await expect(sendOnce(chat.port, 7, 'раз')).rejects.toThrow(InvalidInput)
  })

  test('a text that cannot be sent: rejected before anything is read', async () => {
    const chat = makeChat()

    await expect(sendOnce(chat.port, 7, ' ')).rejects.toThrow(InvalidInput)
    expect(chat.readFrom).toEqual([])
  })

  test('what is no text at all: rejected, not thrown', async () => {
    const text = undefined as unknown as string // what a JavaScript caller may give

    const sending = Promise.resolve().then(() => sendOnce(makeChat().port, 7, text))

    await expect(sending).rejects.toThrow(InvalidInput)
  })
})

test('a history that cannot be read before keeps the message from being sent', async () => {
  const error = new ApiError({ ...facts, status: 404 })
  const chat = makeChat({ onRead: throwing(error) })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'notSent', why: error })
  expect(chat.messages).toEqual([])
})

test('a history that cannot be read after is tried again', async () => {
  let readings = 0
  const chat = makeChat({
    onRead: () => {
      if (++readings === 2) throw new TimeoutError('getChatHistory', 1)
    },
  })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'confirmed', messageId: 1n })
})

test('one that is never readable again leaves the id unknown, and says that the market has accepted it', async () => {
  const error = new TimeoutError('getChatHistory', 1)
  let readings = 0
  const chat = makeChat({
    onRead: () => {
      if (++readings > 1) throw error
    },
  })

  const { why } = (await sendOnce(chat.port, 7, 'раз')) as { why?: Error } // unknown
  expect(why?.message).toMatch(/^The market has accepted the message, which cannot be looked up.*: getChatHistory/)
  expect(why?.cause).toBe(error)
})

test('a message of the same text that came between the one known and the send confirms nothing', async () => {
  const chat = makeChat()
  chat.write('два')
  chat.write('раз')

  expect(await sendOnce(chat.port, 7, 'раз', { since: 1n })).toEqual({ state: 'confirmed', messageId: 3n })
})

test('a message that the history shows twice is one', async () => {
  const chat = makeChat({ onSend: write => write() })
  const twice: SendOncePort['history'] = (...asked) => {
    const once = chat.port.history(...asked)
    const walk = async function* () {
      yield* once
      yield* once
    }
    return { ...once, [Symbol.asyncIterator]: walk }
  }

  expect(await sendOnce({ ...chat.port, history: twice }, 7, 'раз')).toEqual({ state: 'confirmed', messageId: 1n })
})

test('aborted before the send it rejects and sends nothing', async () => {
  const aborting = new AbortController()
  const chat = makeChat({ onRead: () => aborting.abort() })
  const sending = sendOnce(chat.port, 7, 'раз', { signal: aborting.signal })

  await expect(sending).rejects.toBe(aborting.signal.reason)
  expect(chat.messages).toEqual([])
})

test('aborted after the send was begun it says that nobody can tell', async () => {
  const aborting = new AbortController()
  const chat = makeChat({
    onSend: () => {
      aborting.abort(new Error('enough'))
      throw lost
    },
    isKeyHonoured: () => true,
  })

  expect(await sendOnce(chat.port, 7, 'раз', { signal: aborting.signal })).toEqual({ state: 'unknown', why: lost })
  expect(chat.keys).toHaveLength(1)
})

test('aborted while it waits for its turn it rejects with the reason: nothing was sent', async () => {
  const enough = new Error('enough')
  const aborting = new AbortController()
  const chat = makeChat({
    onSend: () => {
      aborting.abort(enough)
      throw enough
    },
  })

  await expect(sendOnce(chat.port, 7, 'раз', { signal: aborting.signal })).rejects.toBe(enough)
})

test.each([
  [' раз ', 'раз'],
  ['раз  \r\n  два\r', 'раз\nдва'],
  ['a\ud800', 'a\ufffd'],
  ['и\u0306', 'й'],
])('%j comes back as %j', (sent, kept) => {
  expect(normaliseText(sent)).toBe(normaliseText(kept))
})

test('the inside of a line is kept as it is', () => {
  expect(normaliseText('раз  два')).not.toBe(normaliseText('раз два'))
})
