import type { DatabaseFacts } from '#market'
import type { ServeFlags } from '../../serve/serve.ts'

/** `place`: on this machine, in a private network, or across the public internet. */
export type DatabaseFound =
  | { state: 'private' }
  | { state: 'unreadable' }
  /** `code`: of PostgreSQL or the system, if there is one. */
  | ({ state: 'away'; why: string; code?: string | undefined } & Named)
  | ({ state: 'there'; facts: DatabaseFacts } & Named)
type Named = { url: URL; place: 'local' | 'private' | 'public' }

export type SecretFound = {
  value: string | undefined
  from: 'variable' | 'file'
  path: string
  isOpenToOthers: boolean
}

/** `code`: what the system refuses, if it does. */
export type FilesFound =
  | { state: 'folder'; path: string; code?: string }
  /** `url`: empty if the address cannot be read; it may hold what nobody should see. */
  | { state: 'bucket'; url: string; trouble?: BucketTrouble }
type BucketTrouble = { kind: 'unreadable' } | { kind: 'noKeys' } | { kind: 'away' | 'refused'; why: string }

export type AddressFound =
  | { state: 'none' }
  | { state: 'plain' }
  | { state: 'trusted'; daysLeft: number }
  | { state: 'untrusted'; why: string }
  | { state: 'away'; why: string }

export type MachineFound = {
  isRoot: boolean
  /** How many files this process may have open; undefined where the system does not say. */
  openFiles: number | undefined
  freeBytes: number
  allBytes: number
}

/** All that the checks look at, read once. */
export type Subject = {
  flags: ServeFlags
  database: DatabaseFound
  secret: SecretFound
  files: FilesFound
  address: AddressFound
  machine: MachineFound
}
