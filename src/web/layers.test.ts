import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = import.meta.dirname
const layers = ['ui', 'parts', 'console']

type Source = { path: string; text: string }

/** What a layer takes from one above it, and what only the console may know: the market's APIs and their addresses. */
function wrongIn({ path, text }: Source): string[] {
  const own = layers.indexOf(path.split('/')[0] ?? '')
  if (own < 0 || own === layers.length - 1) return []
  const names = Array.from(text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g), match => match[1] ?? '')
  const above = names.filter(name => {
    if (!name.startsWith('.')) return name === '#market-protocol' || (own === 0 && name.startsWith('#'))
    const [layer = ''] = relative(root, join(root, path, '..', name)).split('/')
    return layers.indexOf(layer) > own
  })
  return [...above, ...(text.match(/\/v1\b/g) ?? [])].map(found => `${path} has ${found}`)
}

test('ui is below parts, parts are below the console, and neither knows the market or its addresses', () => {
  const sources = globSync('**/*.{ts,tsx}', { cwd: root })
    .filter(path => !path.includes('.test.'))
    .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const offenders: Source[] = [
    { path: 'ui/table/x.ts', text: "import { a } from '../../parts/list/use-pages.ts'" },
    { path: 'ui/x.ts', text: "import { inside } from '#contract'" },
    { path: 'parts/http/x.ts', text: "import type { AdminApi } from '#market-protocol'" },
    { path: 'parts/http/x.ts', text: "await import('../../console/data/market.ts')" },
    { path: 'parts/x.ts', text: "callServer('GET /admin/v1/businesses')" },
  ]

  expect(sources.length).toBeGreaterThan(100)
  expect(sources.flatMap(wrongIn)).toEqual([])
  expect(offenders.flatMap(wrongIn)).toHaveLength(offenders.length)
})
