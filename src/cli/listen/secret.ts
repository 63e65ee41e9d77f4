import { createHmac, randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '#kit'
import { keepSecret, readSecret } from '../data/find-secret.ts'
import { refuseFolder } from '../data/refuse-folder.ts'
import type { Texts } from '../texts/index.ts'
import type { Incoming } from './forward.ts'

const prefix = 'whsec_'
const signatureHeader = 'webhook-signature'
const [minBytes, maxBytes] = [16, 64]

/** `whsec_<base64>`, as Standard Webhooks has it; undefined for anything else. */
export function parseSecret(text: string): string | undefined {
  const secret = text.trim()
  const [, digits = ''] = /^whsec_((?:[A-Za-z\d+/]{4})+(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?)$/.exec(secret) ?? []
  const { length } = Buffer.from(digits, 'base64')
  return length >= minBytes && length <= maxBytes ? secret : undefined
}

/** The data folder's own: made by chance at the first run, so that a program is told it once. */
export async function findListenSecret(folder: string, texts: Texts): Promise<string> {
  const path = join(folder, 'listen-secret')
  const refuse = refuseFolder(folder, texts)
  await mkdir(folder, { recursive: true }).catch(refuse)
  const kept =
    (await readSecret(path).catch(refuse)) ??
    (await keepSecret(path, prefix + randomBytes(32).toString('base64')).catch(refuse))
  const secret = parseSecret(kept)
  if (secret === undefined) throw new Problem(texts.listen.badSecret(path))
  return secret
}

/** The same with our signature in place of the market's, whose secret is another for each subscription. */
export function signAnew(incoming: Incoming, secret: string): Incoming {
  const { headers, body } = incoming
  const read = (wanted: string) => Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]
  const [id, at] = [read('webhook-id'), read('webhook-timestamp')]
  if (id === undefined || at === undefined) return incoming
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64')
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== signatureHeader)
  return { ...incoming, headers: { ...Object.fromEntries(others), [signatureHeader]: `v1,${signature}` } }
}
