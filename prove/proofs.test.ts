import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { proofs } from './proofs.ts'

const root = join(import.meta.dirname, '..')
const names = Object.keys(proofs)

test('each proof has its script, and each script its proof', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const scripted = Object.keys(scripts).flatMap(name => /^prove:(\w+)$/.exec(name)?.[1] ?? [])

  expect(scripted.sort()).toEqual([...names, 'all', 'bugs'].sort())
  for (const name of names) expect(scripts[`prove:${name}`]).toMatch(new RegExp(` prove/main.ts ${name}$`))
})

test('the README promises what is proven, and nothing else', () => {
  const promised = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/`prove:(\w+)`/g)

  expect([...new Set(Array.from(promised, ([, name]) => name))].sort()).toEqual(names.sort())
})
