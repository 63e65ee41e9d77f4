import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type BusinessId, decode, idOf, int32, parseJson, type Static, serializeJson, Type } from '#contract'
import { codeOf, isAlive, Problem } from '#kit'
import type { Texts } from '../texts/index.ts'

export const dataFolderDefault = '.prilavok'

const Running = Type.Object({
  url: Type.String(),
  adminToken: Type.String(),
  businessId: Type.Optional(idOf<BusinessId>('The demo business.')),
  /** The desk that `up` has started beside it. */
  deskUrl: Type.Optional(Type.String()),
  pid: int32(),
})
/** Where a market that runs from a data folder is. */
export type Running = Static<typeof Running>
type Announced = Pick<Running, 'url' | 'adminToken'> & {
  businessId: BusinessId | undefined
  deskUrl?: string | undefined
}

const fileIn = (dataFolder: string) => join(dataFolder, 'running.json')

/** Tells the other commands where this market is, until the returned function is called. For its owner's eyes alone. */
export async function announce(dataFolder: string, running: Announced, texts: Texts): Promise<() => Promise<void>> {
  const file = fileIn(dataFolder)
  const draft = `${file}.${process.pid}`
  await rm(draft, { force: true })
  await writeFile(draft, `${serializeJson({ ...running, pid: process.pid })}\n`, { mode: 0o600 })
  await rename(draft, file)
  return async () => {
    // Another market on the same folder may have written its own meanwhile.
    const current = await readRunning(dataFolder, texts).catch(() => undefined)
    if (current?.pid === process.pid) await rm(file, { force: true })
  }
}

/** The market that runs from the folder. Throws a Problem if there is none. */
export async function requireRunning(dataFolder: string, texts: Texts): Promise<Running> {
  const running = await readRunning(dataFolder, texts)
  if (!running) throw new Problem(texts.connection.notRunning(dataFolder))
  if (!isAlive(running.pid)) throw new Problem(texts.connection.killed(dataFolder, running.pid, running.url))
  return running
}

const renewal = { looks: 20, everyMs: 100 }

/** The token that a market writes there when the one we have was revoked. Undefined if it is still the same after two seconds. */
export async function findNewToken(dataFolder: string, revoked: string, texts: Texts): Promise<string | undefined> {
  for (let look = 0; look < renewal.looks; look++) {
    const running = await readRunning(dataFolder, texts)
    if (running && running.adminToken !== revoked) return running.adminToken
    await pause(renewal.everyMs)
  }
  return undefined
}

/** What the market that was started last from the folder has written there; it may have been killed. */
export async function readRunning(dataFolder: string, { connection }: Texts): Promise<Running | undefined> {
  const file = fileIn(dataFolder)
  const text = await readFile(file, 'utf8').catch(error => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined
    throw new Problem(connection.unreadable(file, codeOf(error) ?? ''), { cause: error })
  })
  if (text === undefined) return undefined
  const parsed = parseJson(text)
  const running = decode(Running, parsed.ok ? parsed.value : undefined)
  if (running.ok) return running.value
  throw new Problem(connection.damaged(file))
}
