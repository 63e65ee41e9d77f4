import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { StoredFile } from '../../src/market/files/file-store.ts'
import type { Patience } from '../../src/market/files/s3/s3-client.ts'
import { S3Store } from '../../src/market/files/s3-store.ts'
import { startS3, type TestS3 } from './s3.ts'

// On a machine that is busy nothing is late by itself.
const patience: Patience = { attempts: 3, attemptMs: 20_000, wholeMs: 30_000, firstWaitMs: 5, removalMs: 20_000 }

export type UsedS3 = TestS3 & {
  store: S3Store
  /** As another process would have it. */
  makeStore(more?: Partial<Patience>, owner?: string): S3Store
  /** Where files lie until they are complete. */
  incoming: string
}

/** A store of this test file, on an S3 server of its own that does as it should when a test begins. */
export function useS3(): UsedS3 {
  const used = {} as UsedS3 // filled before the first test runs
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-files-'))
  beforeAll(async () => {
    const s3 = await startS3()
    const makeStore = (more: Partial<Patience> = {}, owner = 'tests') =>
      new S3Store({ ...{ place: s3.place, folder, owner }, patience: { ...patience, ...more } })
    Object.assign(used, s3, { store: makeStore(), makeStore, incoming: join(folder, 'incoming') })
    await used.store.prepare(new Date())
  })
  afterEach(() => {
    used.front.meet = (_asked, forward) => forward()
    used.front.asked.length = 0
    expect(readdirSync(used.incoming), 'files half written').toEqual([])
  })
  afterAll(async () => {
    await used.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return used
}

export const contentOf = (content: string | Uint8Array) =>
  Readable.from([typeof content === 'string' ? Buffer.from(content) : Buffer.from(content)])

/** What a GET of a file is for a store. */
export function asRequest(headers: Record<string, string> = {}, method = 'GET'): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method, headers })
}

export function asStored(businessId: bigint, { hash, sizeBytes }: { hash: string; sizeBytes: number }): StoredFile {
  return { businessId, fileHash: hash, fileSize: sizeBytes, createdAt: new Date('2026-03-01T09:00:00Z') }
}

/** Puts an object into the bucket past the store. */
export function plant({ pathOf }: TestS3, key: string, content = ''): string {
  const path = pathOf(key)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}
