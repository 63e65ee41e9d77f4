import { expect, onTestFinished, test } from 'vitest'
import { prilavok } from '../support/command.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase } from '../support/test-market.ts'

test('the secret of a desk that runs is not changed, and once it has stopped it is', async () => {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const at = ['--data', makeOpenFolder(), '--database-url', url]
  const rotate = () => prilavok(['desk', 'rotate-secret', ...at]).ended
  const desk = prilavok(['desk', '--port', '0', '--json', ...at])
  await desk.firstLine()

  const refused = await rotate()
  desk.child.kill('SIGINT')
  await desk.ended
  const done = await rotate()

  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^prilavok: A desk runs .*\n$/) })
  expect(done).toMatchObject({ code: 0, err: '' })
})
