/** The shop's commands as a person runs them, with a business's key in the environment. */
import type { TestBusiness } from './business.ts'
import { type Ended, prilavok, type Running } from './command.ts'
import type { TestMarket } from './test-market.ts'

export type Shop = {
  env: Record<string, string>
  start(args: string[], env?: Record<string, string>, input?: string): Running
  run(args: string[], env?: Record<string, string>, input?: string): Promise<Ended>
  /** What `--json` prints, ids as numbers. */
  json(args: string[]): Promise<unknown[]>
}

type Cabin = Pick<TestBusiness, 'token' | 'businessId'>

export function makeShop(market: Pick<TestMarket, 'url'>, { token, businessId }: Cabin): Shop {
  const env = {
    PRILAVOK_API_KEY: token,
    PRILAVOK_BUSINESS_ID: `${businessId}`,
    PRILAVOK_URL: market.url,
    LC_ALL: 'C',
  }
  const start: Shop['start'] = (args, more, input) => prilavok(args, { ...env, ...more }, input)
  const run: Shop['run'] = (args, more, input) => start(args, more, input).ended
  const json: Shop['json'] = async args => {
    const { code, out, err } = await run([...args, '--json'])
    if (code !== 0) throw new Error(`prilavok ${args.join(' ')} ended with ${code}: ${err}`)
    return out === '' ? [] : out.split('\n').map(line => JSON.parse(line))
  }
  return { env, start, run, json }
}
