import { expect, test } from 'vitest'
import { readAnswers } from './answers.ts'

const head = (length: number, status = '200 OK') =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nContent-Length: ${length}\r\n\r\n`

/** What each chunk of a text brings, cut into chunks of a size. */
function readIn(size: number, text: string) {
  const read = readAnswers()
  const bytes = Buffer.from(text)
  // One buffer for all of them, as a socket has it.
  const shared = Buffer.alloc(size)
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    read(shared.subarray(0, bytes.copy(shared, 0, n * size))),
  )
}

test('an answer is whole with its last byte, wherever it is cut', () => {
  const text = `${head(12)}{"a":"был"}\n`.replace('12', String(Buffer.byteLength('{"a":"был"}\n')))
  const size = Buffer.byteLength(text)

  for (let cut = 1; cut <= size; cut++) {
    const read = readIn(cut, text)
    expect(read.slice(0, -1).every(each => each === undefined)).toBe(true)
    expect(read.at(-1)).toEqual({ isGood: true, bodyBytes: 15 })
  }
})

test('the next answer of a connection is read like the first', () => {
  const read = readAnswers()

  expect(read(Buffer.from(`${head(2)}{}`))).toEqual({ isGood: true, bodyBytes: 2 })
  expect(read(Buffer.from(`${head(4, '420 Limit')}null`))).toEqual({ isGood: false, bodyBytes: 4 })
  expect(read(Buffer.from(head(0)))).toEqual({ isGood: true, bodyBytes: 0 })
})

test('what cannot be counted is said, and not waited for', () => {
  expect(() => readAnswers()(Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'))).toThrow('how long')
  expect(() => readAnswers()(Buffer.from(`${head(2)}{}more`))).toThrow('more than it was asked')
})
