import type { Chance } from '../../src/kit/chance.ts'
import type { Walked } from '../paging.ts'
import { watchList } from './in-turns.ts'
import { judgeWalk } from './judge.ts'
import { makeTalk, type Stage, write } from './stage.ts'
import type { Walk } from './walks.ts'

const messages = 20

/** All walks at once, among chats of which half move all the time; the other half stands still. */
export async function walkAmongMovers(given: Stage, walks: readonly Walk[], chance: Chance): Promise<Walked> {
  const stage = await makeTalk(given, messages)
  const moving = chance.pick(stage.chatIds, stage.chatIds.length / 2)
  let [isOver, moves] = [false, 0]
  const movers = [...moving, stage.talk].map(async (chatId, index) => {
    for (; !isOver; moves++) {
      stage.clock.advance(index % 3)
      await write(stage, chatId, index % 2 === 0 ? 'customer' : 'partner')
    }
  })
  const limits = walks.map(() => Math.floor(chance.between(1, 4)))
  try {
    const walked = await Promise.all(
      walks.map((walk, index) => walkOnce(stage, walk, { moving, limit: limits[index] ?? 1 })),
    )
    const pages = walked.reduce((sum, one) => sum + one.pages, 0)
    return { walks: walks.length, pages, moves, broken: walked.flatMap(({ broken }) => broken) }
  } finally {
    isOver = true
    await Promise.all(movers)
  }
}

// A history that grows all the time has no end: the walk goes as far as what was there at its beginning, and a little on.
const furtherPages = 2

async function walkOnce(stage: Stage, walk: Walk, { moving, limit }: { moving: readonly bigint[]; limit: number }) {
  const watch = await watchList(stage, walk, {})
  for (const chatId of [...moving, stage.talk]) watch.moved(chatId)
  const faithful = new Set(watch.still)
  const last = [...watch.still].reduce((a, b) => (a > b ? a : b), 0n)
  const met: bigint[] = []
  let [next, pages, further] = [undefined as string | undefined, 0, 0]
  do {
    const page = await walk.read(stage, { limit, next, filter: {} })
    met.push(...page.ids)
    next = page.next
    pages++
    if (walk.order === 'oldest first' && (page.ids.at(-1) ?? 0n) > last) further++
  } while (next !== undefined && further < furtherPages)
  return { pages, broken: judgeWalk(walk, { met, still: watch.still, faithful }) }
}
