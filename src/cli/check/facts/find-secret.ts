import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readSecret } from '../../data/find-secret.ts'
import { refuseFolder } from '../../data/refuse-folder.ts'
import type { Texts } from '../../texts/index.ts'
import type { SecretFound } from './subject.ts'

const ofOthers = 0o077

/** The secret that a market would take. Makes neither the folder nor a secret. */
export async function findSecret(dataFolder: string, texts: Texts): Promise<SecretFound> {
  const path = join(dataFolder, 'secret')
  const given = process.env['PRILAVOK_SECRET']
  if (given) return { value: given, from: 'variable', path, isOpenToOthers: false }
  const value = await readSecret(path).catch(refuseFolder(dataFolder, texts))
  const isOpenToOthers = value !== undefined && ((await stat(path)).mode & ofOthers) !== 0
  return { value, from: 'file', path, isOpenToOthers }
}
