import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findFiles } from './find-files.ts'

const keys = { AWS_ACCESS_KEY_ID: 'an id', AWS_SECRET_ACCESS_KEY: 'a key' }

function giveKeys(): void {
  for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
}

type Answer = { status: number; text?: string }
const noBucket: Answer = { status: 404, text: '<Error><Code>NoSuchBucket</Code></Error>' }

/** An S3 server that knows one bucket, and answers a call as it is told, else as S3 does. */
async function startServer(refusal: (method: string) => Answer | undefined = () => undefined) {
  const stored = new Set<string>()
  const server = createServer(({ method = '', url = '', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://s3')
    const key = pathname.replace('/market/', '')
    const isKnown = pathname.startsWith('/market') && headers.authorization?.includes('Credential=an id/') === true
    const { status, text } = refusal(method) ?? (isKnown ? { status: 200 } : noBucket)
    if (status === 200 && method === 'PUT') stored.add(key)
    if (status === 200 && method === 'DELETE') stored.delete(key)
    const listed = [...stored].filter(each => each.startsWith(searchParams.get('prefix') ?? ''))
    response.writeHead(status).end(text ?? listed.map(each => `<Contents><Key>${each}</Key></Contents>`).join(''))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = () => new Promise(resolve => server.close(resolve))
  onTestFinished(() => void close())
  const { port } = server.address() as AddressInfo // it listens on a port
  return { endpoint: encodeURIComponent(`http://127.0.0.1:${port}`), close, stored }
}

test('a folder that is not there yet is looked at where it would be made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))

  expect(await findFiles(join(folder, 'a', 'b'), undefined)).toEqual({
    state: 'folder',
    path: join(folder, 'a', 'b', 'files'),
  })
  expect(await findFiles('/dev/null', undefined)).toMatchObject({ state: 'folder', code: 'ENOTDIR' })
})

test('a bucket is tried at its endpoint, and nothing is left there; one that is not there is told', async () => {
  giveKeys()
  const { endpoint, close, stored } = await startServer()

  const there = await findFiles('/', `s3://market?endpoint=${endpoint}&region=any`)
  const missing = await findFiles('/', `s3://other?endpoint=${endpoint}`)
  await close()
  const away = await findFiles('/', `s3://market?endpoint=${endpoint}`)

  expect(there).toEqual({ state: 'bucket', url: `${decodeURIComponent(endpoint)}/market` })
  expect([...stored]).toEqual([])
  expect(missing).toMatchObject({ trouble: { kind: 'away', why: 'NoSuchBucket' } })
  expect(away).toMatchObject({ trouble: { kind: 'away', why: 'ECONNREFUSED' } })
})

const forbidden = (code: string) => ({ status: 403, text: `<Error><Code>${code}</Code></Error>` })

test.each([
  ['keys that are wrong', () => forbidden('SignatureDoesNotMatch'), 'SignatureDoesNotMatch'],
  [
    'keys that may not store',
    (method: string) => (method === 'PUT' ? forbidden('AccessDenied') : undefined),
    'AccessDenied',
  ],
  [
    'keys that may not list',
    (method: string) => (method === 'GET' ? forbidden('AccessDenied') : undefined),
    'AccessDenied',
  ],
])('%s are told before a market is refused by them', async (_what, refusal, why) => {
  giveKeys()
  const { endpoint, stored } = await startServer(refusal)

  const found = await findFiles('/', `s3://market?endpoint=${endpoint}&prefix=chats`)

  expect(found).toMatchObject({ state: 'bucket', trouble: { kind: 'refused', why } })
  expect([...stored]).toEqual([])
})

test('a list that lacks what was stored is told', async () => {
  giveKeys()
  const { endpoint } = await startServer(method => (method === 'GET' ? { status: 200, text: '' } : undefined))

  const found = await findFiles('/', `s3://market?endpoint=${endpoint}`)

  expect(found).toMatchObject({ trouble: { kind: 'away', why: expect.stringContaining('list') } })
})

test('a bucket without keys or with an address that is none is not asked for', async () => {
  const { endpoint } = await startServer()
  expect(await findFiles('/', `s3://market?endpoint=${endpoint}`)).toMatchObject({ trouble: { kind: 'noKeys' } })
  giveKeys()
  const wrongs = ['s3://', 's3://market?endpoint=ftp://127.0.0.1', 's3://market?endpoint=http://', '/srv/files']
  for (const wrong of [...wrongs, `s3://key:secret@market?endpoint=${endpoint}`])
    expect([wrong, await findFiles('/', wrong)]).toMatchObject([wrong, { trouble: { kind: 'unreadable' } }])
})

test('an endpoint that the address does not name comes from the variables', async () => {
  giveKeys()
  const { endpoint } = await startServer()
  vi.stubEnv('AWS_ENDPOINT_URL', decodeURIComponent(endpoint))

  expect(await findFiles('/', 's3://market')).toEqual({
    state: 'bucket',
    url: `${decodeURIComponent(endpoint)}/market`,
  })
})
