import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '#kit'
import { type Account, canEnter, canHave, findAccount } from './account.ts'
import { clusterIn } from './cluster.ts'
import { requireSharedFolder } from './shared-folder.ts'

/** The folder that really holds the data, and whom PostgreSQL runs as there. */
export type DataPlace = { folder: string; account: Account }

/** Existing data is used where it lies; data not made yet goes where PostgreSQL's account can reach it. */
export function findDataPlace(dataDir: string, sharedFolders: string[]): DataPlace {
  mkdirSync(dataDir, { recursive: true })
  const asked = realpathSync(dataDir)
  const apart = `data-${createHash('sha256').update(asked).digest('hex').slice(0, 8)}`
  const folder = [asked, ...sharedFolders.map(shared => join(shared, apart))].find(at => existsSync(clusterIn(at)))
  return folder ? existingPlace(folder) : placeForNew(asked, apart, sharedFolders)
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

function placeForNew(asked: string, apart: string, sharedFolders: string[]): DataPlace {
  const account = findAccount(undefined)
  if (account.uid === process.getuid?.() || canHave(account, asked)) return { folder: asked, account }
  const folder = join(requireSharedFolder(sharedFolders, account), apart)
  mkdirSync(folder, { recursive: true })
  return { folder, account }
}
