import { whenOver } from '../test/support/run-context.ts'
import type { Finding, Proof } from './proof.ts'
import { formatFigures } from './sim/figures.ts'
import { SimMarket } from './sim/sim-market.ts'
import type { Story } from './sim/story.ts'
import { type Tried, trySeeds } from './sim/try-seeds.ts'

const counts = { quick: 100, full: 250_000 }

/** The market with its real SQL, shops and buyers, in one process and in virtual time: a seed decides all that happens. */
export const sim: Proof = {
  promise:
    'Whatever is lost, late, doubled or cut off between shops and the market, and whoever dies, at rest all is well',
  async prove({ size, seed, count: seeds = counts[size], say }) {
    const market = await SimMarket.open()
    whenOver(() => market.close())
    const onSeed = (tried: number) => say(`${tried} of ${seeds} seeds …`)
    return findingOf(await trySeeds(market, { first: seed, count: seeds, onSeed }))
  },
}

function findingOf({ seeds, playedTwice, figures, failed }: Tried): Finding {
  const told = `${seeds} seeds, ${playedTwice} of them twice and alike; ${formatFigures(figures)}`
  if (!failed) return { figures: told, broken: [] }
  const { seed, story, played } = failed
  return {
    figures: told,
    broken: played.broken,
    story: [`The story of seed ${seed}, shortened: ${describeWorld(story)}`, ...played.lines],
    again: `--seed ${seed} --seeds 1`,
  }
}

function describeWorld({
  shops,
  deliverers,
  aheadMs,
  isKeyless,
  hasHints,
  isPrompt,
  statementMs,
  travelMs,
}: Story): string {
  return [
    `shops ${shops}, deliverers ${deliverers}, statements up to ${statementMs} ms, ways up to ${travelMs} ms`,
    ...(aheadMs === 0 ? [] : [`the shops' clocks ${aheadMs} ms ahead`]),
    ...(isKeyless ? ['no idempotency keys'] : []),
    ...(hasHints ? [] : ['no hints']),
    ...(isPrompt ? ['prompt mirrors'] : []),
  ].join(', ')
}
