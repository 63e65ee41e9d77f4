import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { arrowsInDesk, arrowsInMarket } from './support/arrows.ts'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')

test('every file that ARCHITECTURE.md names is there', () => {
  const rooms = 'contract|kit|database|serving|market|desk|client|conformance|web|cli'
  const named = page.match(new RegExp(`\\b(?:${rooms})/[\\w./-]+\\.(?:tsx?|sql)\\b`, 'g')) ?? []

  expect(named.length).toBeGreaterThan(30)
  expect(named.filter(path => !existsSync(join(root, 'src', path)))).toEqual([])
})

test.each([
  ['market', arrowsInMarket],
  ['desk', arrowsInDesk],
])('the arrows of the %s on the page are those that are tested', (room, arrows) => {
  const section = page.split(/^## /m).find(text => text.startsWith(`Inside the ${room}\n`)) ?? ''
  const rows = section.matchAll(/^\| `([\w-]+)` \| .* \| (.*)\|$/gm)
  const told = Array.from(rows, ([, folder, names = '']) => [folder, names.split(',').map(name => name.trim())])

  expect(told).toEqual(Object.entries(arrows).map(([folder, allowed]) => [folder, allowed.length > 0 ? allowed : ['']]))
})

test('the glossary has at most 25 lines', () => {
  const [, glossary = ''] = /^## Words\n([\s\S]*?)^## /m.exec(page) ?? []
  expect(glossary).toContain('| business |')
  expect(glossary.trim().split('\n').length).toBeLessThanOrEqual(25)
})

test('every source that the documents name is there', () => {
  const sources = globSync('{src,examples,test}/**/*.{ts,tsx,sql}', { cwd: root }).map(path => `/${path}`)
  const pages = globSync('docs/**/*.md', { cwd: root })
  const missing = pages.flatMap(path => {
    // Where a checkout is on a machine or in an image is no part of a path.
    const text = readFileSync(join(root, path), 'utf8').replaceAll(
      /\/(?:opt\/prilavok(?:-[\d.]+)?|app)\/(?=src\/)/g,
      '',
    )
    const named = text.match(/\b[\w-]+\/[\w./-]+\.(?:tsx?|sql)\b/g) ?? []
    return named.filter(name => !sources.some(source => source.endsWith(`/${name}`))).map(name => `${path}: ${name}`)
  })

  expect(pages.length).toBeGreaterThan(20)
  expect(missing).toEqual([])
})
