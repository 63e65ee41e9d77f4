import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chatStatuses, notificationTypes, operations } from '#contract'

const root = join(import.meta.dirname, '..')

/** Who may import whom. cli/ brings all together, as do test/ and bench/. */
const doors: Record<string, readonly string[]> = {
  contract: [],
  kit: [],
  market: ['contract', 'kit'],
  client: ['contract'],
  desk: ['contract', 'client', 'kit'],
  web: ['contract', 'market-protocol'],
  cli: ['contract', 'kit', 'market', 'client', 'desk'],
}

type Source = { path: string; room: string; text: string }

const sources: Source[] = globSync('src/**/*.{ts,tsx}', { cwd: root })
  .filter(path => !path.includes('.test.'))
  .map(path => ({ path, room: path.split('/')[1] ?? '', text: readFileSync(join(root, path), 'utf8') }))

function importsOf({ text }: Source): string[] {
  return Array.from(text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g), match => match[1] ?? '')
}

function wrongImports(source: Source): string[] {
  const allowed = doors[source.room]
  if (allowed === undefined) return [`${source.path}: src/${source.room} is no room of this house`]
  const depth = source.path.split('/').length - 3
  return importsOf(source)
    .filter(name => {
      if (name.startsWith('#')) return name.includes('/') || !allowed.includes(name.slice(1))
      const climbs = /^(?:\.\.\/)+/.exec(name)?.[0].length ?? 0
      return climbs / 3 > depth && !name.endsWith('package.json')
    })
    .map(name => `${source.path} imports ${name}`)
}

test('every import goes through an allowed door', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.flatMap(wrongImports)).toEqual([])
})

/** The imports of protocols by which more than types would come along. */
function protocolsAtRunTime({ path, text }: Source): string[] {
  const imports = text.match(/(?:import|export)\b[^;'"]*['"]#[a-z]+-protocol['"]/g) ?? []
  return imports.filter(found => !/^(?:import|export)\s+type\b/.test(found)).map(found => `${path}: ${found}`)
}

test('of a protocol only types are imported', () => {
  const offenders: Source[] = [
    { path: 'src/web/x.ts', room: 'web', text: "import { a } from '#market-protocol'" },
    { path: 'src/web/x.ts', room: 'web', text: "const a = await import('#market-protocol')" },
    { path: 'src/web/x.ts', room: 'web', text: "import '#market-protocol'" },
    { path: 'src/web/x.ts', room: 'web', text: "export * from '#market-protocol'" },
  ]
  const decent = { path: 'src/web/x.ts', room: 'web', text: "import type { AdminApi } from '#market-protocol'" }

  expect(sources.flatMap(protocolsAtRunTime)).toEqual([])
  expect(offenders.flatMap(protocolsAtRunTime)).toHaveLength(offenders.length)
  expect(protocolsAtRunTime(decent)).toEqual([])
})

test('a wrong arrow, a way around a door and an unknown room are found', () => {
  const offenders: Source[] = [
    { path: 'src/contract/x.ts', room: 'contract', text: "import { a } from '#kit'" },
    { path: 'src/market/chats/x.ts', room: 'market', text: "import { a } from '../../contract/ids.ts'" },
    { path: 'src/market/x.ts', room: 'market', text: "import { a } from '#contract/ids.ts'" },
    { path: 'src/utils/x.ts', room: 'utils', text: '' },
  ]
  expect(offenders.flatMap(wrongImports)).toHaveLength(offenders.length)
})

const publishedNames = [
  ...chatStatuses.filter(name => name.includes('_')),
  ...notificationTypes.filter(name => name.includes('_')),
  ...Object.values(operations).map(({ path }) => path.replace(/^.*\}(?=\/)/, '')),
]

/** What a shop's programmer reads, in its editor too: types alone. src/client/from-wire.test.ts holds them to the contract. */
const publishedTypes = 'src/client/types.ts'

test('a published name is spelled in the contract alone', () => {
  const spelled = sources
    .filter(({ room, path }) => room !== 'contract' && path !== publishedTypes)
    .flatMap(({ path, text }) =>
      publishedNames.filter(name => name.length > 6 && text.includes(name)).map(name => `${path}: ${name}`),
    )
  const runs = sources
    .find(({ path }) => path === publishedTypes)
    ?.text.match(/^(?:export )?(?:const|let|function|class|enum) .*/gm)

  expect(publishedNames).toContain('/chats/history')
  expect(runs ?? []).toEqual([])
  expect(spelled).toEqual([])
})

const tenantTables =
  /\b(?:from|join|into|update)\s+market\.(?:orders|returns|chats|messages|subscriptions|deliveries|hourly_hits|requests)\b/

/** The queries of a tenant's rows that do not say in which lane to look. */
function lanelessQueries({ path, text }: Pick<Source, 'path' | 'text'>): string[] {
  const queries = text.split(/\bsql(?:<.*?>)?`\n/).slice(1)
  return queries
    .map(query => query.split(/`\n/)[0] ?? '')
    .filter(query => tenantTables.test(query) && !/\blane\b|ofChat/.test(query))
    .map(query => `${path}: ${query.trim()}`)
}

test('every query of a tenant names its lane', () => {
  const store = sources.filter(({ path }) => path.startsWith('src/market/store/'))
  const careless = { path: 'x.ts', text: 'sql<Row[]>`\n  select from market.chats where chat_id = 1`\n' }

  expect(store.flatMap(lanelessQueries)).toEqual([])
  expect(lanelessQueries(careless)).toHaveLength(1)
})
