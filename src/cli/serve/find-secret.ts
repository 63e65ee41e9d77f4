import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '#kit'
import { codeOf, refuseFolder } from '../terminal/error-code.ts'

const shortest = 20

/** The server's secret: PRILAVOK_SECRET, or one made by chance and kept in the data folder for its owner alone. */
export async function findSecret(dataFolder: string): Promise<string> {
  const given = process.env['PRILAVOK_SECRET']
  if (given === undefined || given === '') return keptSecret(join(dataFolder, 'secret'), dataFolder)
  if (given.length < shortest) throw new Problem(`PRILAVOK_SECRET must have at least ${shortest} characters.`)
  return given
}

async function keptSecret(path: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true }).catch(refuseFolder(folder))
  await makeSecret(path).catch(refuseFolder(folder))
  const secret = (await readFile(path, 'utf8').catch(refuseFolder(folder))).trim()
  if (secret.length < shortest)
    throw new Problem(`The secret in ${path} is cut short: put the whole one back, or start anew with another --data.`)
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
