import { expect, test } from 'vitest'
import { makeChat } from '../../../test/support/chat-in-memory.ts'
import { BadRequest, ConnectionError, PrilavokError, SendUnknown } from '../errors.ts'
import { sendOnce } from './send-once.ts'

const facts = { operation: 'send', status: 400, codes: [], messages: [], traceId: undefined }
const lost = new SendUnknown('send', new ConnectionError({ operation: 'send', wasSent: undefined }), 'k')

test('where the market honours keys, what is not there is sent again with the same key until it is accepted, and confirmed', async () => {
  let sends = 0
  const chat = makeChat({
    onSend: write => {
      if (++sends < 3) throw lost
      write()
    },
    isKeyHonoured: () => true,
  })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'confirmed', messageId: 1n })
  expect(chat.keys).toHaveLength(3)
  expect(new Set(chat.keys).size).toBe(1)
  expect(chat.keys[0]).toMatch(/^[\da-f]{32}$/)
  expect(chat.waits).toEqual([0, 500])
})

test('what is there is not sent again', async () => {
  const chat = makeChat({
    onSend: write => {
      write()
      throw lost
    },
    isKeyHonoured: () => true,
  })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'confirmed', messageId: 1n })
  expect(chat.keys).toHaveLength(1)
})

test('a repetition that is refused tells nothing of the first', async () => {
  let sends = 0
  const chat = makeChat({
    onSend: () => {
      throw ++sends > 1 ? new BadRequest(facts) : lost
    },
    isKeyHonoured: () => true,
  })

  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'unknown', why: lost })
})

test('what was accepted at the second time is not sent a third time', async () => {
  let sends = 0
  const chat = makeChat({
    onSend: () => {
      if (++sends === 1) throw lost
    },
    isKeyHonoured: () => true,
  })

  const why = new PrilavokError('The market has accepted the message, which is not in the history yet.')
  expect(await sendOnce(chat.port, 7, 'раз')).toEqual({ state: 'unknown', why })
  expect(chat.keys).toHaveLength(2)
})

test('what is accepted and not shown is not sent again', async () => {
  const chat = makeChat({ onSend: () => {}, isKeyHonoured: () => true })

  expect(await sendOnce(chat.port, 7, 'раз')).toMatchObject({ state: 'unknown' })
  expect(chat.keys).toHaveLength(1)
})

test('where it does not honour keys, nothing is sent again', async () => {
  const chat = makeChat({
    onSend: () => {
      throw lost
    },
  })
  await sendOnce(chat.port, 7, 'раз')

  expect(chat.keys).toHaveLength(1)
})
