import { expect, test } from 'vitest'
import { topicsOf } from './follow-business.ts'

test('a change says what it is about; what is not of this form says nothing', () => {
  expect(topicsOf('{"about":["chats","lab"]}')).toEqual(['chats', 'lab'])
  expect(topicsOf('{"about":"chats"}')).toEqual([])
  expect(topicsOf('null')).toEqual([])
})
