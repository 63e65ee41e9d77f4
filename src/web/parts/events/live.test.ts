import { expect, test } from 'vitest'
import { aboutOf } from './live.ts'

test('a change says what it is about; heartbeats and other events say nothing', () => {
  expect(aboutOf('event: changed\nid: 7\ndata: {"about":["chats","lab"]}')).toEqual(['chats', 'lab'])
  expect(aboutOf(': still here\nid: 7')).toBeUndefined()
  expect(aboutOf('event: other\ndata: {"about":["chats"]}')).toBeUndefined()
})
