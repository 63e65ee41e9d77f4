import { expect, test } from 'vitest'
import { printHelp, readOptions } from './options.ts'

test('names of benches and options may stand in any order', () => {
  const { values, positionals } = readOptions(['chats', '--json', 'a.json', 'peers', '--install-prism'])

  expect(positionals).toEqual(['chats', 'peers'])
  expect({ ...values }).toEqual({ json: 'a.json', 'install-prism': true })
})

test('an option that there is not is refused in one line that says where they are', () => {
  expect(() => readOptions(['--jsno'])).toThrow(/^Unknown option '--jsno'\. See: npm run bench -- --help$/)
})

test('the help has a line for each bench, and one for each option', () => {
  const lines = printHelp(['chats', 'new'], { chats: 'the newest chats' }).split('\n')

  expect(lines).toContain('  chats             the newest chats')
  expect(lines).toContain('  new')
  expect(lines.find(line => line.startsWith('  --json FILE '))).toContain('to a file')
})
