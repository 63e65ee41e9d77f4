import { operations } from '#contract'
import { connectionsOf, postRequest } from './calls/requests.ts'
import { answerOf, ask, start } from './child.ts'
import type { Load } from './load/http-load.ts'
import { runLoad } from './load/run-load.ts'
import type { Steady, Told } from './notify-load.ts'
import { makeRow, median, type Row } from './row.ts'
import type { BenchBusiness, Stage } from './stage.ts'

const shops = 200
const perSecond = 200
const seconds = 8
const rounds = 3

/** How soon a message is told, with and without a shop that hangs; and what telling costs those who post. */
export async function notifyBench(stage: Stage): Promise<Row[]> {
  const child = start('notify-load.ts')
  try {
    const { url } = await answerOf<{ url: string }>(child)
    const posts = postsOf(await stage.addBusinesses(shops, `${url}/good`))
    const aside = postsOf(await stage.addBusinesses(1, `${url}/hang`))
    await stage.sql`vacuum analyze`
    const steady: Steady = { port: stage.port, perSecond, seconds, posts, aside: [] }
    await ask<Told>(child, { ...steady, seconds: 2 })
    const alone: Told[] = []
    const beside: Told[] = []
    for (let round = 0; round < rounds; round++) {
      alone.push(check(await ask<Told>(child, steady)))
      beside.push(check(await ask<Told>(child, { ...steady, aside })))
    }
    return [...latencyRows(alone, beside), await throughputRow(stage, `${url}/good`)]
  } finally {
    child.kill()
  }
}

function postsOf(businesses: BenchBusiness[]): Steady['posts'] {
  const { path } = operations.sendMessageToChat
  const of = ({ businessId, token, chatIds }: BenchBusiness, n: number) => {
    const chatId = chatIds[n] ?? 0
    return { path: `${path.replace('{businessId}', `${businessId}`)}?chatId=${chatId}`, token, chatId }
  }
  return [0, 1, 2, 3].flatMap(n => businesses.map(business => of(business, n)))
}

function check(told: Told): Told {
  if (told.told < told.posted)
    throw new Error(`of ${told.posted} messages, ${told.posted - told.told} were not told of`)
  return told
}

function latencyRows(alone: Told[], beside: Told[]): Row[] {
  const middle = (runs: Told[], of: 'answerP99Ms' | 'p50Ms' | 'p99Ms') => median(runs.map(run => run[of]))
  const [p50, p99, hindered] = [middle(alone, 'p50Ms'), middle(alone, 'p99Ms'), middle(beside, 'p99Ms')]
  const answered = middle(alone, 'answerP99Ms')
  const unit = 'ms'
  return [
    makeRow({
      name: 'answer to telling, 200/s, p50',
      value: p50,
      unit,
      against: 'p99 of the answer',
      reference: answered,
    }),
    makeRow({
      name: 'answer to telling, 200/s, p99',
      value: p99,
      unit,
      against: 'p99 of the answer',
      reference: answered,
    }),
    makeRow({ name: 'the same, one shop hangs, p99', value: hindered, unit, against: 'none hanging', reference: p99 }),
  ]
}

/** The businesses of the stage post as fast as they can: told of it, against deliveries that are only written. */
async function throughputRow(stage: Stage, url: string): Promise<Row> {
  const load: Load = { port: stage.port, seconds: 5, connections: connectionsOf(stage, postRequest) }
  const run = async (target: string) => {
    await stage.sql`
      update market.subscriptions set url = ${target}, due_at = to_timestamp(0), failures = 0, failing_since = null
       where business_id = any(${stage.businesses.map(business => business.businessId)}::bigint[])`
    return (await runLoad(load, stage.watched)).perSecond
  }
  const written: number[] = []
  const told: number[] = []
  for (let round = 0; round < rounds; round++) {
    written.push(await run('http://127.0.0.1:9'))
    told.push(await run(url))
  }
  const against = 'only written'
  return makeRow({
    name: 'posting while telling',
    value: median(told),
    unit: 'per s',
    against,
    reference: median(written),
  })
}
