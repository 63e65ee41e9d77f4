import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, Problem } from '#kit'
import type { Texts } from '../texts/index.ts'
import { refuseFolder } from './refuse-folder.ts'

const minLength = 20

/** The server's secret: PRILAVOK_SECRET, or one made by chance and kept in the data folder for its owner alone. */
export async function findSecret(dataFolder: string, texts: Texts): Promise<string> {
  const given = process.env['PRILAVOK_SECRET']
  if (given === undefined || given === '') return keptSecret(dataFolder, texts)
  if (given.length < minLength) throw new Problem(texts.serve.shortSecret(minLength))
  return given
}

async function keptSecret(folder: string, texts: Texts): Promise<string> {
  const path = join(folder, 'secret')
  const refuse = refuseFolder(folder, texts)
  await mkdir(folder, { recursive: true }).catch(refuse)
  await makeSecret(path).catch(refuse)
  const secret = (await readFile(path, 'utf8').catch(refuse)).trim()
  if (secret.length < minLength) throw new Problem(texts.serve.cutSecret(path))
  return secret
}

/** The one that is there stays. */
async function makeSecret(path: string): Promise<void> {
  try {
    await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}
