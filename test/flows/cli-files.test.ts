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

async function makeArgs(files: string, data = makeOpenFolder()): Promise<string[]> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  return ['market', '--port', '0', '--data', data, '--database-url', url, '--files', files]
}

async function makeS3() {
  const s3 = await startS3()
  onTestFinished(() => s3.close())
  return s3
}

test('files of the demo are in the bucket, and both what starts and what it says name it', async () => {
  const s3 = await makeS3()
  const data = makeOpenFolder()
  const running = prilavok([...(await makeArgs(s3.url, data)), '--demo'], s3.environment)
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

test.each<[title: string, files: string, environment: Record<string, string>, english: string, russian: string]>([
  [
    'credentials in the address',
    's3://hidden-id:hidden-secret@chats',
    keys,
    'prilavok: The address in --files must hold no credentials, as others may see it: give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n',
    'prilavok: В адресе в --files не должно быть ключей доступа, его могут увидеть другие: задайте их в AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY.\n',
  ],
  [
    'no credentials',
    's3://chats',
    {},
    'prilavok: --files needs the credentials of S3 in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n',
    'prilavok: Для --files нужны ключи доступа к S3: задайте AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY.\n',
  ],
  [
    'a folder',
    '/var/lib/files',
    keys,
    'prilavok: The address in --files cannot be read: it must look like s3://bucket?endpoint=https://s3.example.org&region=us-east-1&prefix=chats (endpoint, region and prefix as needed).\n',
    'prilavok: Адрес в --files не разобрать: он должен быть вида s3://bucket?endpoint=https://s3.example.org&region=us-east-1&prefix=chats (endpoint, region и prefix — если нужны).\n',
  ],
  [
    'a parameter that there is not',
    's3://chats?endpont=x',
    keys,
    'prilavok: The address in --files knows endpoint, region, prefix, and not "endpont".\n',
    'prilavok: В адресе в --files могут быть endpoint, region, prefix, а «endpont» не может.\n',
  ],
  [
    'an S3 that is not there',
    's3://chats?endpoint=http://127.0.0.1:1',
    keys,
    'prilavok: S3 at http://127.0.0.1:1 does not answer (ECONNREFUSED): start it, or check the endpoint in --files.\n',
    'prilavok: S3 по адресу http://127.0.0.1:1 не отвечает (ECONNREFUSED): запустите его или проверьте endpoint в --files.\n',
  ],
])('%s is told in one line', async (_title, files, environment, english, inRussian) => {
  const args = await makeArgs(files)

  expect(await prilavok(args, environment).ended).toEqual({ code: 1, out: '', err: english })
  expect(await prilavok(args, { ...environment, ...russian }).ended).toEqual({ code: 1, out: '', err: inRussian })
})

test('a bucket that is not there, and one that does not take the credentials, are told in one line', async () => {
  const { place, environment, url } = await makeS3()
  const { endpoint } = place
  const missing = await makeArgs(url.replace('chats', 'other'))
  const refused = await makeArgs(url)
  const start = async (args: string[], more: Record<string, string>) => {
    const { code, err } = await prilavok(args, { ...environment, ...more }).ended
    return { code, err }
  }

  expect(await start(missing, {})).toEqual({
    code: 1,
    err: `prilavok: S3 at ${endpoint} has no bucket other: make it, or check --files.\n`,
  })
  expect(await start(missing, russian)).toEqual({
    code: 1,
    err: `prilavok: В S3 по адресу ${endpoint} нет бакета other: создайте его или проверьте --files.\n`,
  })
  expect(await start(refused, { AWS_SECRET_ACCESS_KEY: 'hidden' })).toEqual({
    code: 1,
    err: `prilavok: S3 at ${endpoint} refuses the bucket chats (SignatureDoesNotMatch): check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and whether they may store, read, list and remove there.\n`,
  })
  expect(await start(refused, { AWS_SECRET_ACCESS_KEY: 'hidden', ...russian })).toEqual({
    code: 1,
    err: `prilavok: S3 по адресу ${endpoint} не пускает в бакет chats (SignatureDoesNotMatch): проверьте AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY и права на запись, чтение, список и удаление.\n`,
  })
})
