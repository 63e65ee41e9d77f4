import { setTimeout as pause } from 'node:timers/promises'
import { MarketAway } from '../connection/admin-calls.ts'
import { type ConnectionFlags, findMarket, requireBusinessId } from '../connection/find-market.ts'
import { Interrupt } from '../terminal/interrupt.ts'
import { outputWidth, print, printJson, say } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { type LoggedRequest, RequestReader } from './read-requests.ts'
import { formatRequest } from './request-line.ts'

/** What `logs tail` is told. */
export type TailFlags = ConnectionFlags & {
  status?: string
  operation?: string
  text?: string
  last: number
  follow: boolean
  json?: true
}

const lookEveryMs = 1_000

/** Prints the last requests, oldest first, then those to come until Ctrl-C. */
export async function tailLogs(flags: TailFlags, texts: Texts): Promise<void> {
  using interrupt = new Interrupt()
  const market = await findMarket(flags, texts)
  const businessId = await requireBusinessId(market, texts)
  const reader = new RequestReader(market.admin, businessId, flags)
  const tell = (requests: readonly LoggedRequest[]) => {
    for (const request of requests)
      if (flags.json) printJson(request)
      else for (const line of formatRequest(request, texts, outputWidth())) print(line)
  }
  const last = lastOf(await reader.read(), flags.last)
  tell(last)
  if (!flags.follow) {
    if (last.length === 0 && !flags.json) say(texts.logs.none)
    return
  }
  if (process.stderr.isTTY) say(texts.logs.following(market.admin.url))
  await follow(reader, tell, { signal: interrupt.signal, texts })
}

type Following = { signal: AbortSignal; texts: Texts }

/** A market that is away is waited for, and told once. */
async function follow(
  reader: RequestReader,
  tell: (requests: readonly LoggedRequest[]) => void,
  { signal, texts }: Following,
): Promise<void> {
  let isAway = false
  while (!signal.aborted) {
    await pause(lookEveryMs, undefined, { signal }).catch(() => {}) // Ctrl-C: the loop ends
    if (signal.aborted) return
    const fresh = await reader.read().catch(awayOnly)
    if (fresh instanceof MarketAway) {
      if (!isAway) say(`prilavok: ${texts.listen.away(fresh.why)}`)
      isAway = true
      continue
    }
    if (isAway) say(`prilavok: ${texts.listen.back}`)
    isAway = false
    tell(fresh)
  }
}

function awayOnly(error: unknown): MarketAway {
  if (error instanceof MarketAway) return error
  throw error
}

function lastOf<Item>(items: readonly Item[], count: number): Item[] {
  return items.slice(Math.max(items.length - count, 0))
}
