import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeOpenFolder } from './private-postgres.ts'

const inTurn = join(import.meta.dirname, '../../scripts/in-turn.mjs')

/** Takes the turn, then notes when its work begins and ends. */
function work(folder: string): Promise<unknown> {
  const program = `
    import { appendFileSync } from 'node:fs'
    import { takeTurn } from ${JSON.stringify(inTurn)}
    takeTurn('${folder}/deep/turn')
    appendFileSync('${folder}/log', 'begin ')
    setTimeout(() => appendFileSync('${folder}/log', 'end '), 30)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return once(child, 'exit')
}

test('of several processes one works at a time, and each gets its turn', async () => {
  const folder = makeOpenFolder()

  await Promise.all([work(folder), work(folder), work(folder)])

  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('begin end '.repeat(3))
  expect(existsSync(join(folder, 'deep/turn'))).toBe(false)
})

test('the turn of a process that was killed is taken over', async () => {
  const folder = makeOpenFolder()
  await work(folder)
  writeFileSync(join(folder, 'deep/turn'), '999999999')

  await work(folder)

  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('begin end '.repeat(2))
})
