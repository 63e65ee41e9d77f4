import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeProgram } from '../make-program.ts'
import { textsOf } from '../texts/index.ts'
import { readTree } from './read-tree.ts'
import { type Shell, shells, writeScript } from './scripts.ts'

const spots = readTree(makeProgram(textsOf('en')))
const isThere = (shell: Shell) => spawnSync(shell, ['-c', 'true']).status === 0

/** What bash offers for a line; its last word is the one that is completed. */
function offered(...words: string[]): string[] {
  const line = words.map(word => `'${word}'`).join(' ')
  const ask = `COMP_WORDS=(prilavok ${line}); COMP_CWORD=${words.length}; _prilavok; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', `${writeScript('bash', spots)}\n${ask}`], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(Boolean)
}

test.skipIf(!isThere('bash'))('bash completes commands, inner commands, flags and the values of both', () => {
  expect(offered('tri')).toEqual(['trigger'])
  expect(offered('chats', '')).toEqual(expect.arrayContaining(['list', 'show', 'open']))
  expect(offered('chats', 'list', '--w')).toEqual(['--waiting'])
  expect(offered('trigger', 'message.')).toEqual(['message.customer', 'message.support', 'message.market'])
  expect(offered('export', '--format', '')).toEqual(expect.arrayContaining(['jsonl', 'html']))
  expect(offered('events', 'list', '--state', 'wai')).toEqual(['waiting'])
  expect(offered('open', 'd')).toEqual(['desk', 'docs'])
  expect(offered('listen', '--port', '')).toEqual([])
})

test.each(shells)(
  'the script for %s has every command and flag, and reads without an error where that shell is',
  shell => {
    const folder = mkdtempSync(join(tmpdir(), 'prilavok-completion-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const language of ['en', 'ru'] as const) {
      const tree = readTree(makeProgram(textsOf(language)))
      const script = writeScript(shell, tree)
      const names = tree.flatMap(({ words, flags }) => [...words, ...flags].map(({ word }) => word.replace(/^--/, '')))
      expect(names.filter(name => !script.includes(name))).toEqual([])
      if (!isThere(shell)) continue
      const file = join(folder, `${shell}-${language}`)
      writeFileSync(file, script)
      expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' }).stderr).toBe('')
    }
  },
)
