import { makeChance } from '../src/kit/chance.ts'
import { makeManualClock } from '../src/kit/clock.ts'
import { whenOver } from '../test/support/run-context.ts'
import { openMarket } from '../test/support/test-market.ts'
import { walkAmongMovers } from './paging/among-movers.ts'
import { walkInTurns } from './paging/in-turns.ts'
import { makeStage } from './paging/stage.ts'
import { walkByOffset, walks } from './paging/walks.ts'
import type { Proof } from './proof.ts'

const sizes = {
  quick: { plansInTurn: 4, walksAmongMovers: 2 },
  full: { plansInTurn: 3_000, walksAmongMovers: 1_000 },
}
const roundsOfControl = 20
// Every history is a new chat: a business that has many of them makes long walks.
const plansOfStage = 20

/** Every list that people walk through page by page, while its chats move and messages come. */
export const paging: Proof = {
  promise: 'A walk from the first page to the last meets all that stood still meanwhile, and meets it once',
  async prove({ size, seed, say }) {
    const chance = makeChance('paging', seed)
    // A clock that stands still makes chats of the same moment, the hard case for any order by time.
    const clock = makeManualClock(new Date('2026-05-05T12:00:00Z'))
    const { market, close } = await openMarket({ clock })
    whenOver(close)
    let stage = await makeStage(market, clock)
    const broken: string[] = []
    const sum = { walks: 0, pages: 0, moves: 0 }
    for (let turn = 0; turn < sizes[size].plansInTurn; turn++) {
      if (turn % plansOfStage === plansOfStage - 1) stage = await makeStage(market, clock)
      for (const walk of walks) {
        say(`plan ${turn + 1} of ${sizes[size].plansInTurn}, ${walk.name} …`)
        add(sum, broken, await walkInTurns(stage, walk, chance))
      }
    }
    for (let turn = 0; turn < sizes[size].walksAmongMovers; turn++) {
      say(`among movers: ${turn + 1} of ${sizes[size].walksAmongMovers} …`)
      add(sum, broken, await walkAmongMovers(stage, walks, chance))
    }
    const control: string[] = []
    for (let round = 0; round < roundsOfControl && control.length === 0; round++)
      control.push(...(await walkInTurns(stage, walkByOffset, chance)).broken)
    if (control.length === 0) broken.push('control: a walk by offset, too, met everything once')
    broken.push(...market.takeErrors())
    return {
      figures: `${sum.walks} walks over ${walks.length} lists, ${sum.pages} pages, ${sum.moves} messages meanwhile; a walk by offset was caught: ${control[0] ?? 'not'}`,
      broken,
    }
  },
}

export type Walked = { walks: number; pages: number; moves: number; broken: string[] }

function add(sum: { walks: number; pages: number; moves: number }, broken: string[], walked: Walked): void {
  sum.walks += walked.walks
  sum.pages += walked.pages
  sum.moves += walked.moves
  broken.push(...walked.broken)
}
