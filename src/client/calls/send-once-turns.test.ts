import { expect, test } from 'vitest'
import { makeChat } from '../../../test/support/chat-in-memory.ts'
import { type SendOncePort, sendOnce } from './send-once.ts'

test('sends of one text to one chat take turns, whichever clients they come from', async () => {
  const chat = makeChat()
  const sent = await Promise.all([7, 7n, '7'].map(chatId => sendOnce({ ...chat.port }, chatId, 'раз')))

  expect(sent).toEqual([1n, 2n, 3n].map(messageId => ({ state: 'confirmed', messageId })))
})

test('so do sends of texts that come back the same', async () => {
  const chat = makeChat()
  const sent = await Promise.all(['раз', ' раз\n'].map(text => sendOnce(chat.port, 7, text)))

  expect(sent).toEqual([1n, 2n].map(messageId => ({ state: 'confirmed', messageId })))
})

test('aborted while it waits for its turn it rejects at once and lets the next one pass', async () => {
  const aborting = new AbortController()
  const chat = makeChat()
  const first = sendOnce(chat.port, 7, 'раз')
  const second = sendOnce(chat.port, 7, 'раз', { signal: aborting.signal })
  const third = sendOnce(chat.port, 7, 'раз')
  aborting.abort(new Error('enough'))

  await expect(second).rejects.toThrow('enough')
  expect(await Promise.all([first, third])).toMatchObject([{ messageId: 1n }, { messageId: 2n }])
})

test('who was aborted before it came does not wait for its turn', async () => {
  let go = () => {}
  const held = new Promise<void>(resolve => {
    go = resolve
  })
  const chat = makeChat()
  const send: SendOncePort['send'] = (...asked) => held.then(() => chat.port.send(...asked))
  const first = sendOnce({ ...chat.port, send }, 7, 'раз')
  const reason = new Error('enough')

  await expect(sendOnce(chat.port, 7, 'раз', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  go()
  expect(await first).toEqual({ state: 'confirmed', messageId: 1n })
})
