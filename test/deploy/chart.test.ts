import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }
import { knownVariables } from '../support/settings.ts'

const chart = join(import.meta.dirname, '../../deploy/helm/prilavok')
const read = (path: string) => readFileSync(join(chart, path), 'utf8')
type Values = Record<string, unknown>

const defaults = parse(read('values.yaml')) as Values // as Helm reads it
const templates = readdirSync(join(chart, 'templates')).map(name => ({ name, text: read(`templates/${name}`) }))
const validate = new Ajv({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allErrors: true,
  formats: { hostname: true },
}).compile(JSON.parse(read('values.schema.json')))

/** As Helm lays values over those of the chart: table by table, all else replaced. */
function over(below: Values, above: Values): Values {
  const isTable = (value: unknown): value is Values =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  const merged = Object.entries(above).map(([name, value]): [string, unknown] => {
    const under = below[name]
    return [name, isTable(value) && isTable(under) ? over(under, value) : value]
  })
  return { ...below, ...Object.fromEntries(merged) }
}

function problemsOf(above: Values): string[] {
  validate(over(defaults, above))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

test('the values of both ways to keep files fit the schema', () => {
  const given = readdirSync(join(chart, 'ci')).map(name => parse(read(`ci/${name}`)) as Values) // as Helm reads them

  expect(given).toHaveLength(2)
  expect(given.map(problemsOf)).toEqual([[], []])
})

const secret = { existingSecret: 'a-secret' }
const bucket = { files: 's3://market?endpoint=https://s3.example.org' }

test.each([
  ['without a secret', { market: bucket }, /^\/market\/existingSecret /],
  ['several replicas without a bucket', { market: secret }, /^\/market\/files /],
  [
    'a bucket that is none',
    { market: { ...secret, files: 'https://s3.example.org/market' } },
    /^\/market\/files must match/,
  ],
  [
    'a secret in plain sight',
    { market: { ...secret, ...bucket, env: { PRILAVOK_SECRET: 'x' } } },
    /^\/market\/env must NOT/,
  ],
  [
    'a variable that is no text',
    { market: { ...secret, ...bucket, env: { PRILAVOK_PORT: 8080 } } },
    /^\/market\/env\/PRILAVOK_PORT/,
  ],
  ['the tag latest', { market: { ...secret, ...bucket }, image: { tag: 'latest' } }, /^\/image\/tag /],
  ['a misspelled value', { market: { ...secret, ...bucket, replica: 3 } }, /^\/market property name/],
  [
    'a desk without a secret',
    { market: { ...secret, ...bucket }, desk: { enabled: true } },
    /^\/desk\/existingSecret /,
  ],
])('values %s are refused', (_what, values, problem) => {
  expect(problemsOf(values)).toContainEqual(expect.stringMatching(problem))
})

test.each([
  [
    'a bucket at the endpoint of a variable',
    { files: 's3://market', env: { AWS_ENDPOINT_URL_S3: 'https://s3.example.org' } },
  ],
  ['a bucket with a prefix', { files: 's3://market?prefix=chats' }],
])('values with %s fit the schema', (_what, market) => {
  expect(problemsOf({ market: { ...secret, ...market } })).toEqual([])
})

/** The values that an expression names, as `market.replicas`. */
const namedIn = (text: string) => Array.from(text.matchAll(/\.Values\.([\w.]+)/g), ([, path = '']) => path)

function pathsOf(values: Values, prefix = ''): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value)
    const isOpen = ['env', 'resources', 'labels', 'annotations', 'nodeSelector'].includes(name)
    return isTable && !isOpen ? pathsOf(value as Values, `${prefix}${name}.`) : [`${prefix}${name}`]
  })
}

test('templates name only values that are there, and all of them', () => {
  const named = new Set(templates.flatMap(({ text }) => namedIn(text)))

  expect([...named].sort()).toEqual(pathsOf(defaults).sort())
})

/** A template as YAML: lines of actions left out, each other action a word. Both branches of an `if` stay. What Helm makes of it was looked at by hand. */
function documentsOf(text: string): unknown[] {
  const plain = text.replaceAll(/^\s*\{\{[^}]*\}\}\n/gm, '').replaceAll(/\{\{[^}]*\}\}/g, 'x')
  return parseAllDocuments(plain, { uniqueKeys: false }).flatMap(document => {
    expect(document.errors).toEqual([])
    return document.toJS() === null ? [] : [document.toJS()]
  })
}

const documents = templates.filter(({ name }) => name.endsWith('.yaml')).flatMap(({ text }) => documentsOf(text))
const kinds = (documents as { kind: string }[]).map(({ kind }) => kind).sort()

test('there is what runs, what is reached, and what keeps it up', () => {
  expect(kinds).toEqual([
    ...['Deployment', 'Deployment', 'Ingress', 'PersistentVolumeClaim', 'PersistentVolumeClaim'],
    ...['PodDisruptionBudget', 'PodMonitor', 'Service', 'Service'],
  ])
})

type Container = {
  args: string[]
  env: { name: string }[]
  ports: { name: string; containerPort: number }[]
} & Record<'startupProbe' | 'livenessProbe' | 'readinessProbe', { httpGet: { path: string; port: string } }>
type Deployment = {
  kind: string
  spec: { template: { spec: { containers: Container[]; terminationGracePeriodSeconds: number } } }
}

const containers = (documents as Deployment[])
  .filter(({ kind }) => kind === 'Deployment')
  .flatMap(({ spec }) => spec.template.spec.containers)

test('probes ask what the servers answer, at ports that have their names; variables are those that are read', () => {
  const known = [...knownVariables(), 'x']

  expect(containers.map(({ args }) => args)).toEqual([['desk'], ['market']])
  for (const { startupProbe, livenessProbe, readinessProbe, ports, env } of containers) {
    const asked = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)
    expect(asked.map(({ path }) => path)).toEqual(['/readyz', '/healthz', '/readyz'])
    expect(asked.filter(({ port }) => !ports.some(({ name }) => name === port))).toEqual([])
    expect(env.filter(({ name }) => !known.includes(name))).toEqual([])
  }
})

test('every pod runs without rights, on a file system that it cannot write', () => {
  const helpers = read('templates/_helpers.tpl')
  const pods = templates.filter(({ text }) => text.includes('kind: Deployment'))

  expect(helpers).toMatch(/runAsNonRoot: true[\s\S]*allowPrivilegeEscalation: false\nreadOnlyRootFilesystem: true/)
  expect(pods).toHaveLength(2)
  for (const { text } of pods) {
    for (const part of ['prilavok.podSecurity', 'prilavok.containerSecurity'])
      expect(text).toContain(`include "${part}"`)
    expect(text).toContain('automountServiceAccountToken: false')
  }
})

test('with a bucket a pod has room for uploads until they are there, and not in its memory', () => {
  const [, room = ''] = /emptyDir: (\{.*\})/.exec(read('templates/market.yaml')) ?? []

  expect(parse(room)).toEqual({ sizeLimit: expect.stringMatching(/^\dGi$/) })
})

test("the monitor's job is named as the rules of Prometheus ask for it", () => {
  expect(read('templates/podmonitor.yaml')).toContain('jobLabel: app.kubernetes.io/name')
  expect(read('templates/_helpers.tpl')).toContain('app.kubernetes.io/name: prilavok')
})

test("the chart's application is this version", () => {
  expect(parse(read('Chart.yaml'))).toMatchObject({ appVersion: manifest.version })
})
