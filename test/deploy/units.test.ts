import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileMaxBytes } from '#contract'
import { makeProgram } from '../../src/cli/make-program.ts'
import { textsOf } from '../../src/cli/texts/index.ts'
import { knownVariables } from '../support/settings.ts'

const deploy = join(import.meta.dirname, '../../deploy')
const read = (path: string) => readFileSync(join(deploy, path), 'utf8')

/** What a unit says, by its names; a name may stand several times. */
function readUnit(text: string): Map<string, string[]> {
  const said = new Map<string, string[]>()
  for (const [, name = '', value = ''] of text.matchAll(/^([A-Za-z]+)=(.*)$/gm))
    said.set(name, [...(said.get(name) ?? []), value])
  return said
}

const variablesIn = (text: string) => Array.from(text.matchAll(/\b(PRILAVOK_[A-Z_]+)=/g), ([, name = '']) => name)
// The flag --files names a bucket.
const known = knownVariables()

describe.each(['market', 'desk'])('the unit of the %s', server => {
  const text = read(`systemd/prilavok-${server}.service`)
  const unit = readUnit(text)

  test('starts a command and a program that are there, with variables that are read', () => {
    const [node = '', main = '', ...args] = unit.get('ExecStart')?.[0]?.split(' ') ?? []
    const commands = makeProgram(textsOf('en')).commands.map(command => command.name())
    const example = read(`systemd/${server}.env.example`)

    expect(node).toBe('/opt/prilavok/node_modules/.bin/node')
    expect(existsSync(join(deploy, main.replace('/opt/prilavok', '..')))).toBe(true)
    expect(args.filter(word => !commands.includes(word))).toEqual([])
    expect(unit.get('EnvironmentFile')).toEqual([`/etc/prilavok/${server}.env`])
    expect(variablesIn(text + example).filter(name => !known.includes(name))).toEqual([])
    expect(variablesIn(example).length).toBeGreaterThan(2)
  })

  test('keeps its data to itself, and takes from the process what it does not need', () => {
    const said = (name: string) => unit.get(name)?.join(' ')

    expect(said('Environment')).toContain(`PRILAVOK_DATA=/var/lib/${said('StateDirectory')}`)
    expect([said('StateDirectoryMode'), said('UMask'), said('User')]).toEqual(['0700', '0077', 'prilavok'])
    expect([said('NoNewPrivileges'), said('ProtectSystem'), said('CapabilityBoundingSet')]).toEqual([
      'yes',
      'strict',
      '',
    ])
    expect(Number(said('LimitNOFILE'))).toBeGreaterThanOrEqual(16_384)
    // Node.js compiles at run time; the addresses of this machine are asked for before a shop is called.
    expect(said('MemoryDenyWriteExecute')).toBeUndefined()
    expect(said('RestrictAddressFamilies')?.split(' ')).toContain('AF_NETLINK')
  })
})

test('of several markets each starts as the one does, at a port of its own', () => {
  const [one, each] = ['prilavok-market.service', 'prilavok-market@.service.d/port.conf'].map(name =>
    readUnit(read(`systemd/${name}`)).get('ExecStart'),
  )

  expect(each).toEqual(['', `${one?.[0]} --port %i --metrics-port 1%i`])
})

/** What systemd and Compose read in a file of variables, those of its examples included. */
function readVariables(text: string): Record<string, string> {
  const lines = text.matchAll(/^([A-Z][A-Z0-9_]*)=(?:"([^"\n\\$`]*)"|([^\s"'\\$`]*))$/gm)
  return Object.fromEntries(Array.from(lines, ([, name = '', quoted, bare]) => [name, quoted ?? bare ?? '']))
}

test.each(['systemd/market.env.example', 'systemd/desk.env.example', '.env.example'])(
  'a shell reads %s as systemd and Compose do',
  path => {
    const text = read(path).replaceAll(/^# (?=[A-Z][A-Z0-9_]*=\S*$)/gm, '')
    const variables = readVariables(text)

    const script = `set -a\n${text}\nexec env -0`
    const environment = execFileSync('/bin/sh', ['-c', script], { env: {}, encoding: 'utf8' }).split('\0')

    expect(Object.keys(variables)).toHaveLength(Array.from(text.matchAll(/^[A-Z]/gm)).length)
    for (const [name, value] of Object.entries(variables)) expect(environment).toContain(`${name}=${value}`)
  },
)

const megabyte = 1024 * 1024

test.each([
  ['nginx/prilavok.conf', /client_max_body_size (\d+)m;/g],
  ['caddy/Caddyfile', /max_size (\d+)MB/g],
  ['helm/prilavok/values.yaml', /proxy-body-size: (\d+)m/g],
])('%s lets through what the API takes', (path, limit) => {
  const limits = Array.from(read(path).matchAll(limit), ([, size]) => Number(size) * megabyte)

  expect(limits.length).toBeGreaterThan(0)
  for (const bytes of limits) expect(bytes).toBeGreaterThan(fileMaxBytes + megabyte)
})

test('nginx leaves no process out for a failure, and Caddy asks each whether it is ready', () => {
  const servers = Array.from(read('nginx/prilavok.conf').matchAll(/^ +server \d.*;$/gm), ([line]) => line)

  expect(servers.length).toBeGreaterThan(1)
  expect(servers.filter(line => !line.includes('max_fails=0'))).toEqual([])
  expect(read('caddy/Caddyfile')).toContain('health_uri /readyz')
})

test.each(['nginx/prilavok.conf', 'caddy/Caddyfile'])('%s shows nobody the figures', path => {
  expect(read(path)).toMatch(/metrics\b.*(healthz\b.*readyz|readyz\b.*healthz)/)
})
