import type { Chance } from '../../src/kit/chance.ts'
import type { Walked } from '../paging.ts'
import { judgeWalk } from './judge.ts'
import { makeTalk, type Stage, type Who, write } from './stage.ts'
import type { Walk } from './walks.ts'

const steps = [0, 0, 1, 5_000, -1_000]
// A chat that moves is met once more at the most, so a walk has twice as many pages as there are chats, and a little.
const patience = (things: number) => 2 * things + 2
const movesPerPage = 4

/** One walk; after each page some chats move, and the clock goes on, stands still or steps back. The seed decides all of it. */
export async function walkInTurns(given: Stage, walk: Walk, chance: Chance): Promise<Walked> {
  const stage = walk.of === 'messages' ? await makeTalk(given, Math.floor(chance.between(0, 13))) : given
  const filter = chance.choose(walk.filters)
  const watch = await watchList(stage, walk, filter)
  const met: bigint[] = []
  const broken: string[] = []
  let [next, pages, moves] = [undefined as string | undefined, 0, 0]
  do {
    const limit = Math.floor(chance.between(1, 6))
    const page = await walk.read(stage, { limit, next, filter })
    met.push(...page.ids)
    next = page.next
    pages++
    if (next !== undefined && page.ids.length === 0 && !walk.mayBeEmpty)
      broken.push(`${walk.name} gave an empty page and a next one`)
    if (next === undefined) break
    for (let left = Math.floor(chance.between(0, movesPerPage)); left > 0; left--) {
      stage.clock.advance(chance.choose(steps))
      const chatId = walk.of === 'messages' ? stage.talk : chance.choose(stage.chatIds)
      await write(stage, chatId, chance.choose<Who>(['partner', 'customer']))
      watch.moved(chatId)
      moves++
    }
    await watch.look()
  } while (pages <= patience(watch.count + (walk.of === 'messages' ? moves : 0)))
  if (next === undefined) broken.push(...judgeWalk(walk, { met, ...watch }))
  else broken.push(`${walk.name} has not ended after ${pages} pages`)
  return { walks: 1, pages, moves, broken }
}

type Filter = { statuses?: readonly string[] }

/** Knows what matches from now on, and what of it has not moved. */
export async function watchList(stage: Stage, walk: Walk, filter: Filter) {
  const list = async ({ statuses }: Filter): Promise<bigint[]> => {
    const { sql } = stage.market
    const { businessId } = stage.shop
    const rows =
      walk.of === 'messages'
        ? await sql<{ id: bigint; status: string }[]>`
            select message_id as id, '' as status from market.messages where business_id = ${businessId} and chat_id = ${stage.talk}`
        : await sql<{ id: bigint; status: string }[]>`
            select chat_id as id, upper(status) as status from market.chats where business_id = ${businessId}`
    return rows
      .filter(({ status }) => walk.of === 'messages' || !statuses || statuses.includes(status))
      .map(({ id }) => id)
  }
  const still = new Set(await list(filter))
  const faithful = new Set(still)
  return {
    count: (await list({})).length,
    still,
    faithful,
    moved: (chatId: bigint) => void (walk.of === 'chats' && still.delete(chatId)),
    async look() {
      const matching = new Set(await list(filter))
      for (const id of faithful) if (!matching.has(id)) for (const set of [faithful, still]) set.delete(id)
    },
  }
}
