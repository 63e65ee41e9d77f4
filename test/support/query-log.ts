import { askAdminFor } from './admin.ts'
import type { TestMarket } from './test-market.ts'

type LoggedRequest = {
  requestId: number
  at: string
  method: string
  path: string
  operation: string
  status: number
  durationMs: number
  traceId: string
  integration: string
  keyId: number
  requestBody?: string
  responseBody?: string
  isCut: boolean
  unknownFields?: { at: string; known?: string }[]
}
export type LogPage = { requests: LoggedRequest[]; nextPageToken?: string; searchedBack: string }

type At = Pick<TestMarket, 'url' | 'adminToken' | 'running'>

/** A page of a business's query log, when all that was answered so far is in it. */
export async function readLog(market: At, businessId: bigint, filter: Record<string, string> = {}): Promise<LogPage> {
  await market.running.market.queryLog?.flush()
  const query = new URLSearchParams(filter).toString()
  return askAdminFor<LogPage>(market, `GET /businesses/${businessId}/requests?${query}`)
}

/** Every page, from the newest on. */
export async function walkLog(market: At, businessId: bigint, filter: Record<string, string>): Promise<LogPage[]> {
  const pages = [await readLog(market, businessId, filter)]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await readLog(market, businessId, { ...filter, pageToken: token }))
  return pages
}
