import { globSync, readdirSync, utimesSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { FolderStore } from '../../src/market/files/folder-store.ts'
import { sweepFiles } from '../../src/market/files/sweep-files.ts'
import type { World } from '../world/world.ts'

const patienceMs = 30_000
const minuteMs = 60_000

/** Half an upload goes when its connection has gone; the market may notice that a moment later. */
export async function expectNoHalves({ place: { filesFolder } }: World): Promise<string[]> {
  const until = performance.now() + patienceMs
  const list = () => readdirSync(join(filesFolder, 'incoming'))
  while (list().length > 0 && performance.now() < until) await wait(20)
  return list().map(name => `incoming/${name} is half an upload that nobody sends any more`)
}

export function ageFiles(folder: string, minutes: number): void {
  const at = new Date(Date.now() - minutes * minuteMs)
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), at, at)
}

/** The files that have got their names, of all businesses. */
export function listKept(filesFolder: string): string[] {
  return globSync('[0-9]*/[0-9a-f][0-9a-f]/*', { cwd: filesFolder }).map(path => join(filesFolder, path))
}

/** Sweeps as the market does every hour, when all files are old: those that are left are those that messages name. */
export async function sweepAll({ sql, place: { filesFolder } }: World): Promise<string[]> {
  await sweepFiles({ sql, files: new FolderStore(filesFolder), now: new Date(Date.now() + 61 * minuteMs) })
  const rows = await sql<
    { hash: string }[]
  >`select distinct file_hash as hash from market.messages where file_hash is not null`
  const named = new Set(rows.map(({ hash }) => hash))
  return listKept(filesFolder)
    .filter(path => !named.has(basename(path)))
    .map(path => `${path} is named by no message and was left by the sweep`)
}
