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

/** An S3 server that knows one bucket, and forbids to read it without a signature. */
async function startServer() {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/market' ? 403 : 404).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = () => new Promise(resolve => server.close(resolve))
  onTestFinished(() => void close())
  const { port } = server.address() as AddressInfo // it listens on a port
  return { endpoint: encodeURIComponent(`http://127.0.0.1:${port}`), close }
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

test('a bucket is asked for at its endpoint; one that is not there is told', async () => {
  giveKeys()
  const { endpoint, close } = await startServer()

  const there = await findFiles('/', `s3://market?endpoint=${endpoint}&region=any`)
  const missing = await findFiles('/', `s3://other?endpoint=${endpoint}`)
  await close()
  const away = await findFiles('/', `s3://market?endpoint=${endpoint}`)

  expect(there).toEqual({ state: 'bucket', url: `${decodeURIComponent(endpoint)}/market` })
  expect(missing).toMatchObject({ trouble: { kind: 'away', why: '404' } })
  expect(away).toMatchObject({ trouble: { kind: 'away', why: 'ECONNREFUSED' } })
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
