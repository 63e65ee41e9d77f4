import { addFigures, noFigures } from './figures.ts'
import { type Figures, type Planted, type Played, playStory } from './play.ts'
import { shorten } from './shorten.ts'
import type { SimMarket } from './sim-market.ts'
import { makeStory, type Story } from './story.ts'

type Wanted = {
  first: number
  count: number
  planted?: Planted
  /** How often a story that fails is played to shorten it. */
  playsAtMost?: number
  onSeed?: (tried: number) => void
}

export type Tried = {
  seeds: number
  playedTwice: number
  figures: Figures
  failed?: { seed: number; story: Story; played: Played }
}

/** Of so many seeds one is played twice: the same seed is to make the same story. */
const twiceEvery = 25

/** Plays seed after seed, up to the first that fails; its story is made as short as it can be. */
export async function trySeeds(
  market: SimMarket,
  { first, count, planted = {}, playsAtMost = 150, onSeed = () => {} }: Wanted,
): Promise<Tried> {
  const tried: Tried = { seeds: 0, playedTwice: 0, figures: noFigures() }
  const ways = { planted }
  for (let seed = first; seed < first + count; seed++) {
    const story = makeStory(seed)
    let played = await playStory(market, story, ways)
    tried.seeds++
    addFigures(tried.figures, played.figures)
    if ((seed - first) % twiceEvery === 0) {
      tried.playedTwice++
      played = difference(played, await playStory(market, story, ways))
    }
    if (played.broken.length > 0)
      return { ...tried, failed: { seed, ...(await shortest(market, story, { played, planted, playsAtMost })) } }
    onSeed(tried.seeds)
  }
  return tried
}

function difference(once: Played, again: Played): Played {
  if (once.digest === again.digest) return once
  return { ...once, broken: [...once.broken, 'the same seed has made two stories: something is not in its power'] }
}

type Failure = { played: Played; planted: Planted; playsAtMost: number }

/** A shorter story counts only if it breaks something that the whole one has broken. */
async function shortest(market: SimMarket, story: Story, { played, planted, playsAtMost }: Failure) {
  const wanted = new Set(played.broken.map(kindOf))
  const fails = async (candidate: Story) =>
    (await playStory(market, candidate, { planted })).broken.some(line => wanted.has(kindOf(line)))
  const short = await shorten(story, fails, playsAtMost)
  const again = await playStory(market, short, { planted, isTold: true })
  // What two plays differ in, one play does not show.
  return again.broken.length > 0 ? { story: short, played: again } : { story, played }
}

const kindOf = (line: string) => line.replace(/\d+/g, '').slice(0, 24)
