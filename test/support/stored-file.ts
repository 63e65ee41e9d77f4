import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { TestMarket } from './test-market.ts'

type Place = Pick<TestMarket, 'filesFolder' | 's3'>

/** Where the bytes of a file lie on this machine, whichever store it is in. */
export function storedPath({ filesFolder, s3 }: Place, businessId: bigint, hash: string): string {
  const path = `${businessId}/${hash.slice(0, 2)}/${hash}`
  return s3 ? s3.pathOf(s3.place.prefix + path) : join(filesFolder, path)
}

/** Everything that is there, also what is half written. */
export function listStored({ filesFolder, s3 }: Place): string[] {
  return [filesFolder, s3?.folder ?? []]
    .flat()
    .flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    .sort()
}

/** As if it had been saved then. */
export function setSavedAt(path: string, at: Date): void {
  utimesSync(path, at, at)
}
