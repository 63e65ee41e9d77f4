import { expect, test } from 'vitest'
import { handlerOf } from './handle.ts'

const files = ['/desk/assets/index-1.js']

test.each([
  ['GET', 'navigate', '/desk', 'page'],
  ['GET', 'navigate', '/desk/inbox/1/2', 'page'],
  ['GET', 'navigate', '/desk/v1/replies.csv', 'network'],
  ['GET', 'navigate', '/desk/v1', 'network'],
  ['GET', 'navigate', '/desk/v10', 'page'],
  ['POST', 'navigate', '/desk', 'network'],
  ['GET', 'cors', '/desk/v1/chats', 'network'],
  ['POST', 'cors', '/desk/v1/cabinets/1/chats/2/answers', 'network'],
  ['GET', 'no-cors', '/desk/v1/cabinets/1/chats/2/files/3/0', 'network'],
  ['GET', 'cors', '/desk/assets/index-1.js', 'file'],
  ['GET', 'cors', '/desk/assets/other-1.js', 'network'],
])('%s by %s of %s is answered by the %s', (method, mode, path, handler) => {
  expect(handlerOf({ method, mode, path }, files)).toBe(handler)
})
