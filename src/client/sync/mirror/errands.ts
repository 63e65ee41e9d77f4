/** The chats that must be read, each with the reasons. However many reasons there are before it is read, it is read once. */

/**
 * `news`: the list shows it. `hinted`: only a notification tells of it, which may be forged; so it waits in a queue of its own,
 * and holds up nothing else. `backlog`: it was there before the sync began.
 */
export type ErrandQueue = 'news' | 'hinted' | 'backlog'

/** Where a chat waits that must be read again: what was read of it is no longer a mere notification. */
export const againIn: Record<ErrandQueue, ErrandQueue> = { news: 'news', hinted: 'news', backlog: 'backlog' }

export type Errand = {
  chatId: bigint
  /** Not before this, in ms of our clock. */
  dueAt: number
  /** Messages that a notification named. */
  wanted: Set<bigint>
  /** The market's time in the first notification, and when it was received. */
  told?: { at: Date; seen: Date } | undefined
  /** The whole history must be read. */
  isWhole: boolean
  /** It was there when a watch began: its messages until then are not told. */
  isSilent: boolean
  /** How often it failed. */
  failures: number
  /** How often the answer could not be used. */
  misfits: number
  /** How often it was read without finding the wanted messages. */
  tries: number
}

export type Errands = {
  add(queue: ErrandQueue, chatId: bigint, part?: Partial<Errand>): void
  /** The first errand that is due and whose chat is not being read. Its chat counts as being read until `done`. */
  take(queue: ErrandQueue, now: number): Errand | undefined
  done(chatId: bigint): void
  /** When the next errand is due whose chat is not being read. */
  nextDueAt(queue: ErrandQueue): number
  /** How many wait or are under way; without those that only notifications tell of. */
  count(): number
  /** Of how many chats these are. */
  countChats(): number
}

export function makeErrands(): Errands {
  const waiting: Record<ErrandQueue, Map<bigint, Errand>> = { news: new Map(), hinted: new Map(), backlog: new Map() }
  const underWay = new Set<bigint>()

  return {
    add(queue, chatId, part = {}) {
      const errand = { ...blank(chatId), ...part }
      if (queue === 'hinted') return void waiting.hinted.set(chatId, merge(waiting.hinted.get(chatId), errand))
      const standing = waiting.news.get(chatId) ?? waiting.backlog.get(chatId)
      const isNews = queue === 'news' || waiting.news.has(chatId)
      waiting.backlog.delete(chatId)
      waiting[isNews ? 'news' : 'backlog'].set(chatId, merge(standing, errand))
    },
    take(queue, now) {
      for (const errand of waiting[queue].values()) {
        if (errand.dueAt > now || underWay.has(errand.chatId)) continue
        waiting[queue].delete(errand.chatId)
        underWay.add(errand.chatId)
        const hinted = waiting.hinted.get(errand.chatId)
        waiting.hinted.delete(errand.chatId)
        return hinted ? merge(errand, hinted) : errand
      }
      return undefined
    },
    done: chatId => void underWay.delete(chatId),
    nextDueAt(queue) {
      let next = Number.POSITIVE_INFINITY
      for (const { chatId, dueAt } of waiting[queue].values()) if (dueAt < next && !underWay.has(chatId)) next = dueAt
      return next
    },
    count: () => waiting.news.size + waiting.backlog.size + underWay.size,
    countChats() {
      // A chat that is being read may wait to be read again.
      const isWaiting = (chatId: bigint) => waiting.news.has(chatId) || waiting.backlog.has(chatId)
      const beingRead = Array.from(underWay).filter(chatId => !isWaiting(chatId))
      return waiting.news.size + waiting.backlog.size + beingRead.length
    },
  }
}

function blank(chatId: bigint): Errand {
  return { chatId, dueAt: 0, wanted: new Set(), failures: 0, misfits: 0, tries: 0, isWhole: false, isSilent: false }
}

/** The earlier time counts, so that more news does not delay a reading; after a failure the standing time stays. */
function merge(standing: Errand | undefined, added: Errand): Errand {
  if (!standing) return added
  return {
    chatId: added.chatId,
    dueAt: standing.failures > 0 ? standing.dueAt : Math.min(standing.dueAt, added.dueAt),
    wanted: joined(standing.wanted, added.wanted),
    told: standing.told ?? added.told,
    isWhole: standing.isWhole || added.isWhole,
    isSilent: standing.isSilent || added.isSilent,
    failures: Math.max(standing.failures, added.failures),
    misfits: Math.max(standing.misfits, added.misfits),
    tries: Math.max(standing.tries, added.tries),
  }
}

// One reading finds whatever can be read: so many are never true.
const wantedMax = 1_000

/** Adds to the standing set: a copy for each hint would be quadratic. */
function joined(standing: Set<bigint>, added: ReadonlySet<bigint>): Set<bigint> {
  for (const id of added) if (standing.size < wantedMax) standing.add(id)
  return standing
}
