import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = import.meta.dirname
/** The applications stand side by side on the two layers that they share. */
const heights: Record<string, number> = { ui: 0, parts: 1, console: 2, desk: 2, guide: 2 }
/** Whose API an application may know. */
const protocols: Record<string, string> = { console: '#market-protocol', desk: '#desk-protocol' }

type Source = { path: string; text: string }

/** What a layer takes from one above or beside it, and what only an application may know: its API and the addresses of it. */
function wrongIn({ path, text }: Source): string[] {
  const [own = ''] = path.split('/')
  const height = heights[own]
  if (height === undefined) return []
  const names = Array.from(text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g), match => match[1] ?? '')
  const foreign = names.filter(name => {
    if (name.endsWith('-protocol')) return protocols[own] !== name
    if (!name.startsWith('.')) return height === 0 && name.startsWith('#')
    const [layer = ''] = relative(root, join(root, path, '..', name)).split('/')
    return layer !== own && (heights[layer] ?? 0) >= height
  })
  const addresses = height < 2 ? (text.match(/\/v1\b/g) ?? []) : []
  return [...foreign, ...addresses].map(found => `${path} has ${found}`)
}

test('ui is below parts, parts are below console and desk, which do not know each other, and only those know an API', () => {
  const sources = globSync('**/*.{ts,tsx}', { cwd: root })
    .filter(path => !path.includes('.test.'))
    .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const offenders: Source[] = [
    { path: 'ui/table/x.ts', text: "import { a } from '../../parts/list/use-pages.ts'" },
    { path: 'ui/x.ts', text: "import { inside } from '#contract'" },
    { path: 'parts/http/x.ts', text: "import type { AdminApi } from '#market-protocol'" },
    { path: 'parts/http/x.ts', text: "await import('../../console/data/market.ts')" },
    { path: 'parts/x.ts', text: "callServer('GET /admin/v1/businesses')" },
    { path: 'desk/x.ts', text: "import { a } from '../console/data/session.ts'" },
    { path: 'desk/data/x.ts', text: "import type { AdminApi } from '#market-protocol'" },
    { path: 'console/data/x.ts', text: "import type { DeskApi } from '#desk-protocol'" },
  ]

  expect(sources.length).toBeGreaterThan(100)
  expect(sources.flatMap(wrongIn)).toEqual([])
  expect(offenders.flatMap(wrongIn)).toHaveLength(offenders.length)
})
