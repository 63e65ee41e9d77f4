import { expect, test } from 'vitest'
import { ConnectionError } from '#client'
import { Problem } from '#kit'
import { textsOf } from '../../texts/index.ts'
import { explainError } from './explain-error.ts'

const systemError = (code: string, path?: string) =>
  Object.assign(new Error(code), { code, syscall: 'open', ...(path && { path }) })

test.each([
  [systemError('ENOSPC'), 'The output cannot be written: the disk is full.'],
  [systemError('EACCES', '/chats/1.json'), '/chats/1.json cannot be used: no permission.'],
  [systemError('EMFILE', '/chats/1.json'), '/chats/1.json cannot be used: EMFILE.'],
  [
    new ConnectionError({
      operation: 'getChat',
      wasSent: false,
      cause: new Error('fetch failed: connect ECONNREFUSED'),
    }),
    'The market at http://market cannot be reached (ECONNREFUSED): check the network and the address.',
  ],
])('%o is told in one line', (error, line) => {
  const explained = explainError(error, textsOf('en'), 'http://market')
  expect(explained).toBeInstanceOf(Problem)
  expect(explained).toMatchObject({ message: line })
})

test('a mistake of ours stays what it is', () => {
  const mistakes = [new TypeError('x is undefined'), systemError('EBADF')]
  expect(mistakes.map(error => explainError(error, textsOf('en')))).toEqual(mistakes)
})
