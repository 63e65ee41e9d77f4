import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { makeBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { readExposition, readQuery, type Selected } from '../support/promql.ts'
import { useMarket } from '../support/test-market.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

type Rule = {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { summary: string; runbook: string }
}
type Panel = { title: string; targets: { expr: string; legendFormat: string }[] }
const { groups } = parse(read('deploy/prometheus/alerts.yaml')) as { groups: { rules: Rule[] }[] } // as Prometheus reads it
const rules = groups.flatMap(group => group.rules)
const { panels } = JSON.parse(read('deploy/grafana/dashboard.json')) as { panels: Panel[] } // as Grafana reads it
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...panels.flatMap(panel => panel.targets.map(({ expr }) => expr)),
]

/** What Prometheus adds by itself, and what only Linux tells. */
const ofPrometheus = { metrics: ['up'], labels: ['job', 'instance', 'le'] }
const ofLinux = ['process_open_fds', 'process_max_fds']

const market = useMarket()
const desk = useDesk()
let exposed = new Map<string, Set<string>>()

beforeAll(async () => {
  // What is counted with labels is there once it has been counted.
  const { businessId } = await makeBusiness(market)
  expect(businessId).toBeGreaterThan(0n)
  market.running.market.metrics.attempted('delivered')
  const texts = [market.url, desk.url].map(async url => (await fetch(`${url}/metrics`)).text())
  exposed = readExposition((await Promise.all(texts)).join('\n'))
})

/** Metrics that nobody exposes, and labels that they do not have. */
function unknownIn({ metric, labels }: Selected): string[] {
  if (ofPrometheus.metrics.includes(metric) || (process.platform !== 'linux' && ofLinux.includes(metric))) return []
  const known = exposed.get(metric)
  if (known === undefined) return [metric]
  return labels
    .filter(name => !known.has(name) && !ofPrometheus.labels.includes(name))
    .map(name => `${metric}{${name}}`)
}

test('rules and dashboard use metrics and labels that market and desk expose, in PromQL', () => {
  const queries = expressions.map(readQuery)

  expect(queries.flatMap(({ errors }) => errors)).toEqual([])
  expect(queries.filter(({ selected }) => selected.length === 0)).toEqual([])
  expect(queries.flatMap(({ selected }) => selected.flatMap(unknownIn))).toEqual([])
})

test('a metric that is none, a label that it does not have, and what is no PromQL are found', () => {
  const [query] = [readQuery('rate(prilavok_requests_totals[5m]) + prilavok_requests_total{verb="GET"}')]

  expect(query?.selected.flatMap(unknownIn)).toEqual(['prilavok_requests_totals', 'prilavok_requests_total{verb}'])
  expect(readQuery('sum by (job) (rate(up[5m]').errors).not.toEqual([])
})

test('every metric of ours is on the dashboard', () => {
  const shown = expressions.flatMap(expression => readQuery(expression).selected.map(({ metric }) => metric))
  const familyOf = (metric: string) => metric.replace(/_(bucket|sum|count)$/, '')
  const ours = [...exposed.keys()].filter(name => name.startsWith('prilavok_')).map(familyOf)

  expect(new Set(ours).size).toBeGreaterThan(10)
  expect([...new Set(ours)].filter(name => !shown.map(familyOf).includes(name))).toEqual([])
})

test('every alert has its severity, and its paragraph in docs/operations.md', () => {
  const page = read('docs/operations.md')
  const headings = Array.from(page.matchAll(/^### (Prilavok\w+)\n\n\S/gm), ([, name]) => name)

  expect(rules.map(({ alert }) => alert)).toEqual(headings)
  for (const { alert, labels, annotations } of rules) {
    expect(['critical', 'warning', 'info']).toContain(labels.severity)
    expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`)
  }
})
