import { expect, test } from 'vitest'
import { parseBlock, readBlocks } from './event-blocks.ts'

test.each([
  ['event: changed\nid: 7\ndata: {"about":["chats"]}', { name: 'changed', id: '7', data: '{"about":["chats"]}' }],
  [': still here\nid: 8', { id: '8', data: '' }],
  ['retry: 2000\n', { data: '' }],
  ['event: message\ndata: a: b', { name: 'message', data: 'a: b' }],
])('the block %j is read as %o', (text, block) => {
  expect(parseBlock(text)).toEqual(block)
})

test('blocks are put together from chunks, even where a letter is cut in two', async () => {
  const bytes = new TextEncoder().encode('event: a\ndata: привет\n\n: still here\n\nevent: b\ndata: cut')
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7))
      controller.close()
    },
  })
  let chunks = 0

  const blocks = await Array.fromAsync(readBlocks(body, () => chunks++))

  expect(blocks).toEqual([{ name: 'a', data: 'привет' }, { data: '' }])
  expect(chunks).toBe(Math.ceil(bytes.length / 7))
})
