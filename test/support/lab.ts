import type { MarketOptions, RunningMarket } from '#market'
import { ask, type Reply } from './http.ts'
import { whenOver } from './run-context.ts'
import { collectingLog, startTestMarket, type TestMarket } from './test-market.ts'

type At = Pick<TestMarket, 'url' | 'adminToken'>
type Call = `${'GET' | 'POST' | 'DELETE'} /${string}`

/** Calls `/lab/v1<path>` as whoever runs the market: `askLab(market, 'POST /clock/advance', {…})`. */
export function askLab({ url, adminToken }: At, call: Call, json?: unknown): Promise<Reply> {
  const [method = '', path = ''] = call.split(' ')
  return ask(`${url}/lab/v1${path}`, { method, headers: { authorization: `Bearer ${adminToken}` }, json })
}

/** The same for making what a test needs: anything but success is an error. */
export async function askLabFor<Body>(market: At, call: Call, json?: unknown): Promise<Body> {
  const reply = await askLab(market, call, json)
  if (reply.status >= 300) throw new Error(`${call} answered ${reply.status} ${reply.text}`)
  return reply.body as Body // as the caller knows the operation
}

export type Time = { now: string; offsetSeconds: number; isAdvancing: boolean; nextDueAt?: string; steps: number }

export function advanceBy(market: At, seconds: number): Promise<Time> {
  return askLabFor<Time>(market, 'POST /clock/advance', { seconds })
}

type Place = Pick<TestMarket, 'databaseUrl' | 'filesFolder'>

/** Another process with a lab on the data of a market, for one test. */
export async function startLab(
  { databaseUrl, filesFolder }: Place,
  options: Partial<MarketOptions> = {},
): Promise<RunningMarket> {
  const running = await startTestMarket({
    databaseUrl,
    filesFolder,
    lab: { seed: 1 },
    log: collectingLog([]),
    ...options,
  })
  whenOver(() => running.stop())
  return running
}
