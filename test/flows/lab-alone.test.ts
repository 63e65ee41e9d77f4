import { expect, onTestFinished, test } from 'vitest'
import { type Ended, prilavok } from '../support/command.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase } from '../support/test-market.ts'

async function makePlace() {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const data = makeOpenFolder()
  return (...more: string[]) =>
    prilavok(['market', '--json', '--port', '0', '--data', data, '--database-url', url, ...more])
}

const expectRefused = ({ code, err }: Ended, words: string) => {
  expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
  expect(err).toContain(words)
}

test('a lab is the only market on its database: the next one is refused in one line, until it has gone', async () => {
  const start = await makePlace()
  const lab = start('--lab')
  await lab.firstLine()

  expectRefused(await start('--lab').ended, 'Another market works on this database')
  expectRefused(await start().ended, 'A market with a lab works on this database')

  lab.child.kill('SIGKILL')
  await lab.ended
  const next = start('--lab')
  await next.firstLine()
  next.child.kill('SIGINT')
  expect((await next.ended).code).toBe(0)
}, 60_000)

test('a lab does not begin beside markets that serve', async () => {
  const start = await makePlace()
  const one = start()
  await one.firstLine()
  const two = start()
  await two.firstLine()

  expectRefused(await start('--lab').ended, 'Another market works on this database')
}, 60_000)
