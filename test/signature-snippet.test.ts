import { readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { signNotification } from '../src/market/notify/sign.ts'
import { makeOpenFolder } from './support/private-postgres.ts'
import { snippetsOf } from './support/snippets.ts'

const root = join(import.meta.dirname, '..')
const languages = ['en', 'ru']
type IsSigned = (headers: Record<string, string>, body: Buffer, secret: string) => boolean

const key = Buffer.from('a secret of twenty-four!')
const other = Buffer.from('another one, as long as.')
const body = '{"chatId":7,"messageId":"12"}'

/** The page's own lines, as a module. */
async function isSignedOf(language: string): Promise<IsSigned> {
  const page = readFileSync(join(root, `docs/guide/${language}/notifications.md`), 'utf8')
  const text = snippetsOf(page).find(snippet => snippet.text.includes('isSigned'))?.text ?? ''
  const file = join(makeOpenFolder(), 'signature.mjs')
  writeFileSync(file, `${stripTypeScriptTypes(text)}\nexport { isSigned }\n`)
  return (await import(file)).isSigned
}

test.each(languages)('the lines of the guide (%s) take what the market signs, and nothing else', async language => {
  const isSigned = await isSignedOf(language)
  const secret = `whsec_${key.toString('base64')}`
  const sign = (keys: Buffer[], at = new Date()) => signNotification({ id: 'd_1', at, body }, keys)
  const takes = (headers: Record<string, string>, of = body) => isSigned(headers, Buffer.from(of), secret)

  expect(takes(sign([key]))).toBe(true)
  expect(takes(sign([other, key]))).toBe(true) // while a secret is changed there are two
  expect(takes(sign([other]))).toBe(false)
  expect(takes(sign([key]), '{"chatId": 7,"messageId":"12"}')).toBe(false)
  expect(takes({ ...sign([key]), 'webhook-id': 'd_2' })).toBe(false)
  expect(takes(sign([key], new Date(Date.now() - 301_000)))).toBe(false)
  expect(takes({ ...sign([key]), 'webhook-timestamp': 'now' })).toBe(false)
  expect(takes(sign([]))).toBe(false)
  expect(takes({})).toBe(false)
})
