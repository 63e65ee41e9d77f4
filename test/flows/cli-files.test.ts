/** `prilavok market --files s3://…` as a person types it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { prilavok } from '../support/command.ts'
import { ask } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { startS3 } from '../support/s3.ts'
import { cloneDatabase } from '../support/test-market.ts'

const russian = { LC_ALL: 'ru_RU.UTF-8' }
const keys = { AWS_ACCESS_KEY_ID: 'hidden-id', AWS_SECRET_ACCESS_KEY: 'hidden-secret' }

/** A start that ends before it needs a database. */
const argsOf = (files: string, databaseUrl = 'postgres://127.0.0.1:1/x', data = makeOpenFolder()) => [
  'market',
  '--port',
  '0',
  '--data',
  data,
  '--database-url',
  databaseUrl,
  '--files',
  files,
]

async function cloned(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  return url
}

async function makeS3() {
  const s3 = await startS3()
  onTestFinished(() => s3.close())
  return s3
}

test('files of the demo are in the bucket, and both what starts and what it says name it', async () => {
  const s3 = await makeS3()
  const data = makeOpenFolder()
  const running = prilavok([...argsOf(s3.url, await cloned(), data), '--demo'], s3.environment)
  const lines = await running.linesUntil('Admin token')
  const ready = await ask(`${lines[0]?.split(' ')[1]}/readyz`)
  running.child.kill('SIGTERM')
  const { code, err } = await running.ended

  expect(lines[1]).toBe(
    `Data: in your PostgreSQL; files in s3://chats/shop/files/ (${s3.place.endpoint}); the secret in ${data}`,
  )
  expect([ready.body, code, err]).toEqual([{ status: 'ready' }, 0, ''])
  expect(readdirSync(join(data, 'files'))).toEqual(['incoming'])
  const stored = readdirSync(s3.folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('_object'))
  expect(stored.length).toBeGreaterThan(1)
  expect(stored.filter(name => name.includes('.removal-'))).toEqual([])
})

const given =
  'prilavok: The address in --files must hold no credentials, as others may see it: give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n'
const missing = 'prilavok: Для --files нужны ключи доступа к S3: задайте AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY.\n'

test.each<[title: string, files: string, environment: Record<string, string>, line: string]>([
  ['credentials in the address', 's3://hidden-id:hidden-secret@chats', keys, given],
  ['no credentials', 's3://chats', russian, missing],
  [
    'a folder',
    '/var/lib/files',
    keys,
    'prilavok: The address in --files cannot be read: it must look like s3://bucket?endpoint=https://s3.example.org&region=us-east-1&prefix=chats (endpoint, region and prefix as needed).\n',
  ],
  [
    'a parameter that there is not',
    's3://chats?endpont=x',
    { ...keys, ...russian },
    'prilavok: В адресе в --files могут быть endpoint, region, prefix, а «endpont» не может.\n',
  ],
])('%s is told in one line', async (_title, files, environment, err) => {
  expect(await prilavok(argsOf(files), environment).ended).toEqual({ code: 1, out: '', err })
})

test('an S3 that is not there, has no such bucket or does not take the credentials is told in one line', async () => {
  const { place, environment, url } = await makeS3()
  const { endpoint } = place
  const [databaseUrl, data] = [await cloned(), makeOpenFolder()]
  const start = (files: string, more: Record<string, string>) =>
    prilavok(argsOf(files, databaseUrl, data), { ...environment, ...more }).ended

  const away = await start('s3://chats?endpoint=http://127.0.0.1:1', {})
  const other = await start(url.replace('chats', 'other'), russian)
  const refused = await start(url, { AWS_SECRET_ACCESS_KEY: 'hidden' })

  expect(away).toMatchObject({
    code: 1,
    err: 'prilavok: S3 at http://127.0.0.1:1 does not answer (ECONNREFUSED): start it, or check the endpoint in --files.\n',
  })
  expect(other).toMatchObject({
    code: 1,
    err: `prilavok: В S3 по адресу ${endpoint} нет бакета other: создайте его или проверьте --files.\n`,
  })
  expect(refused).toMatchObject({
    code: 1,
    err: `prilavok: S3 at ${endpoint} refuses the bucket chats (SignatureDoesNotMatch): check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and whether they may store, read, list and remove there.\n`,
  })
})
