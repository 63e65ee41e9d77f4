import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '#kit'
import { type Account, canEnter, canHave, findAccount } from './account.ts'
import { clusterIn } from './cluster.ts'
import { findOwner, findPointer, type Pointer, recordPlace } from './place-papers.ts'
import { isOurs, requireSharedFolder } from './shared-folder.ts'

/** The folder that really holds the data, and whom PostgreSQL runs as there. */
export type DataPlace = { folder: string; account: Account }

type Asked = {
  dataDir: string
  sharedFolders: string[]
  /** Whether a market has used the data folder before: then its data must be there. */
  isUsed: boolean
}

/** Existing data is used where it lies; data not made yet goes where PostgreSQL's account can reach it. */
export function findDataPlace({ dataDir, sharedFolders, isUsed }: Asked): DataPlace {
  mkdirSync(dataDir, { recursive: true })
  const asked = realpathSync(dataDir)
  const pointer = findPointer(asked)
  const folder = findFolder(asked, pointer, sharedFolders.filter(isOurs))
  if (folder !== undefined) return existingPlace(folder)
  if (pointer || isUsed) throw clusterMissing(asked, clusterIn(pointer?.folder ?? asked))
  return placeForNew(asked, sharedFolders)
}

/** Lets a data folder and the files that lie apart from it find each other again. Call when the files are complete. */
export function keepPlace(dataDir: string, folder: string): void {
  const asked = realpathSync(dataDir)
  if (folder !== asked) recordPlace(asked, folder, findPointer(asked)?.id ?? findOwner(folder)?.id ?? randomUUID())
}

function findFolder(asked: string, pointer: Pointer | undefined, sharedFolders: string[]): string | undefined {
  if (existsSync(clusterIn(asked))) return asked
  // Without a pointer: it was interrupted, or comes from a version that wrote none.
  if (!pointer) return placesFor(asked, sharedFolders).find(at => existsSync(clusterIn(at)) && !findOwner(at))
  const folder = [pointer.folder, ...listPlaces(sharedFolders)].find(
    at => findOwner(at)?.id === pointer.id && existsSync(clusterIn(at)),
  )
  if (folder) refuseCopy(asked, pointer, folder)
  return folder
}

/** A folder that was renamed is gone from its former path; one that was copied is still there, and has the same id. */
function refuseCopy(asked: string, { id }: Pointer, folder: string): void {
  const former = findOwner(folder)?.dataDir ?? asked
  if (former === asked || findPointer(former)?.id !== id) return
  throw new Problem(
    `${asked} is a copy of ${former}, and the database of both is in ${folder}: start with --data ${former}, or remove that folder if this one is to take its place`,
    { kind: 'folderCopied', facts: { folder: asked, former, place: folder } },
  )
}

function clusterMissing(folder: string, expected: string): Problem {
  return new Problem(
    `${folder} was used before, but its database is not in ${expected}: restore it there from a backup, or give the --database-url that it was used with; to start anew give another data folder, or empty this one`,
    { kind: 'clusterMissing', facts: { folder, expected } },
  )
}

function existingPlace(folder: string): DataPlace {
  const cluster = clusterIn(folder)
  const account = findAccount(cluster)
  if (canEnter(account, cluster)) return { folder, account }
  throw new Problem(
    `PostgreSQL runs as ${account.name}, who cannot enter ${cluster}: let that user in, or give another data folder`,
    { kind: 'folderClosed', facts: { account: account.name, folder: cluster } },
  )
}

function placeForNew(asked: string, sharedFolders: string[]): DataPlace {
  const account = findAccount(undefined)
  if (account.uid === process.getuid?.() || canHave(account, asked)) return { folder: asked, account }
  const shared = requireSharedFolder(sharedFolders, account)
  const folder = placesFor(asked, [shared]).find(at => !findOwner(at)) ?? join(shared, `data-${randomUUID()}`)
  mkdirSync(folder, { recursive: true })
  return { folder, account }
}

/** From its path, so that two first starts at once meet at one lock. Others: a folder that was renamed keeps the first one. */
function placesFor(asked: string, sharedFolders: string[]): string[] {
  const names = ['', '-2', '-3', '-4'].map(more => `data-${hash(asked)}${more}`)
  return sharedFolders.flatMap(shared => names.map(name => join(shared, name)))
}

function hash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 8)
}

function listPlaces(sharedFolders: string[]): string[] {
  return sharedFolders.flatMap(shared =>
    readdirSync(shared)
      .filter(name => name.startsWith('data-'))
      .map(name => join(shared, name)),
  )
}
