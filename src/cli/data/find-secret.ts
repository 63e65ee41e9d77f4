import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, Problem } from '#kit'
import type { Texts } from '../texts/index.ts'
import { refuseFolder } from './refuse-folder.ts'

/** Of a secret, in characters. */
export const minLength = 20

export type FoundSecret = {
  /** Whether the folder has a secret: a market has used it. */
  isUsed: boolean
  /** The server's secret: PRILAVOK_SECRET, or the folder's own, which is made by chance for its owner alone if it is not there. */
  require(): Promise<string>
}

/** Refuses a secret that is no use. Makes none yet: a folder has one only when its database was made. */
export async function findSecret(folder: string, texts: Texts, file = 'secret'): Promise<FoundSecret> {
  const path = join(folder, file)
  const refuse = refuseFolder(folder, texts)
  await mkdir(folder, { recursive: true }).catch(refuse)
  const kept = await readSecret(path).catch(refuse)
  const secret = process.env['PRILAVOK_SECRET'] || kept
  if (secret !== undefined && secret.length < minLength)
    throw new Problem(secret === kept ? texts.serve.cutSecret(path) : texts.serve.shortSecret(minLength))
  return {
    isUsed: kept !== undefined,
    require: async () => secret ?? (await keepSecret(path, randomBytes(32).toString('base64url')).catch(refuse)),
  }
}

/** Undefined if there is none. Rejects if the file cannot be read. */
export async function readSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** For its owner alone. One that another process has made meanwhile stays, and is returned. */
export async function keepSecret(path: string, secret: string): Promise<string> {
  try {
    await writeFile(path, secret, { mode: 0o600, flag: 'wx', flush: true })
    return secret
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    return (await readSecret(path)) ?? secret
  }
}
