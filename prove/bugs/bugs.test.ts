import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { proofs } from '../proofs.ts'
import { plant } from './bug.ts'
import { bugs } from './bugs.ts'
import { root } from './copy-tree.ts'

test('every bug can be planted: its line stands once in its file, and what it makes of it can be run', () => {
  for (const bug of bugs) {
    const planted = plant(bug, readFileSync(join(root, bug.file), 'utf8'))
    if (bug.file.endsWith('.ts')) stripTypeScriptTypes(planted)
  }
})

test('every bug has a name of its own and something that is there to catch it', () => {
  const names = bugs.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { caughtBy } of bugs)
    if ('proof' in caughtBy) expect(proofs).toHaveProperty(caughtBy.proof)
    else expect(existsSync(join(root, caughtBy.test)), caughtBy.test).toBe(true)
})

test('every title that is to catch a bug stands in its file, outside of the comments', () => {
  const missing = bugs.filter(({ caughtBy }) => {
    if ('proof' in caughtBy || caughtBy.title === undefined) return false
    const { test, title } = caughtBy
    const lines = readFileSync(join(root, test), 'utf8').split('\n')
    return !lines.some(line => !/^ *(\/\/|\/?\*)/.test(line) && line.includes(title))
  })
  expect(missing).toEqual([])
})
