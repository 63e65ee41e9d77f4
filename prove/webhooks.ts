import { type Hints, MarketClient, makeHints, makeMemoryStore, syncChats } from '#client'
import { type Chance, makeChance } from '#kit'
import { advanceBy } from '../test/support/lab.ts'
import type { Answering, Arrival } from '../test/support/receiver.ts'
import { findBroken } from './evidence/checks.ts'
import type { Evidence } from './evidence/evidence.ts'
import { gather, untilDelivered } from './evidence/gather.ts'
import type { Proof } from './proof.ts'
import { type Client, completeMirror, everybody } from './world/clients.ts'
import type { Shop } from './world/shop.ts'
import { countWrites } from './world/work.ts'
import { makeWorld, type World } from './world/world.ts'

const hourSeconds = 3600
const stepHours = 12
const fortnights = { quick: 1, full: 100 }
const failings: readonly Answering[] = ['close', 'fail', 'garbage', 'redirect', 'fail', 'close', 'garbage', 'hang']
const share = { lost: 0.3, doubled: 0.2, reordered: 0.5 }

/** One shop whose network loses, doubles and reorders notifications, and one that never answers well, for 14 days of the lab's clock. */
export const webhooks: Proof = {
  promise:
    'A shop hears of everything however bad its network is; who answers nothing for 14 days is given up, and holds up nobody',
  async prove({ size, seed, say }) {
    const chance = makeChance('webhooks', seed)
    const world = await makeWorld({ shops: 2, chats: 2, options: { lab: { seed } } })
    const [flaky, dead] = world.shops
    if (!flaky || !dead) throw new Error('two shops were asked for')
    const network = makeNetwork(flaky, chance)
    const mirror = startHintedMirror(world, flaky, network.hints)
    dead.receiver.answering = 'fail'

    const steps = (fortnights[size] * 14 * 24) / stepHours + 2
    for (let step = 0; step < steps; step++) {
      await writeSome(world, 3)
      await advanceBy(world.market, stepHours * hourSeconds)
      say(`${(step * stepHours) / 24} days …`)
    }
    network.recover()
    await advanceBy(world.market, 25 * hourSeconds)
    await untilDelivered(world.sql)
    await mirror.end()
    await completeMirror(world, flaky, mirror.store)

    const evidence = await gather(world, [{ shop: flaky, store: mirror.store }])
    const { lost, doubled, reordered } = network.did
    return {
      figures: `${(steps * stepHours) / 24} days; ${countWrites(world)}; ${flaky.receiver.arrivals.length} notifications, ${lost} lost, ${doubled} doubled, ${reordered} late; ${dead.receiver.arrivals.length} attempts at the one that never answers`,
      // Deliveries that have ended are forgotten after some days; what arrived is compared with the messages.
      broken: [
        ...findBroken({ ...evidence, subscriptions: [], deliveries: [], arrivals: [] }),
        ...compareHeard(evidence, flaky),
        ...(await checkStates(world, flaky, dead)),
      ],
    }
  },
}

/** What lies between the market and the program of a shop. */
function makeNetwork({ receiver, businessId }: Shop, chance: Chance) {
  const hints = makeHints()
  const did = { lost: 0, doubled: 0, reordered: 0 }
  const late: Arrival[] = []
  let isGood = false
  const tell = ({ body }: Arrival) => {
    const { notificationType: type, chatId, messageId } = body
    hints.tell({
      type,
      chatId: BigInt(chatId),
      messageId: messageId === undefined ? undefined : BigInt(messageId),
      businessId,
    })
  }
  receiver.onArrival = arrival => {
    const isLost = !isGood && chance.happens(share.lost)
    receiver.answering = isLost ? chance.choose(failings) : 'ok'
    if (isLost) did.lost++
    // Of those that were lost, half are lost on the way back: the shop has got them.
    if (isLost && chance.happens(0.5)) return
    if (chance.happens(share.reordered)) {
      late.push(arrival)
      did.reordered++
    } else tell(arrival)
    if (chance.happens(share.doubled)) {
      late.push(arrival)
      did.doubled++
    }
    if (late.length > 4) for (const each of chance.pick(late.splice(0), 5)) tell(each)
  }
  return {
    hints,
    did,
    recover() {
      isGood = true
      for (const each of late.splice(0)) tell(each)
    },
  }
}

function startHintedMirror(world: World, { token: apiKey, businessId }: Shop, hints: Hints) {
  const store = makeMemoryStore()
  const market = new MarketClient({ apiKey, businessId, baseUrl: world.url })
  const ending = new AbortController()
  const { signal } = ending
  const running = syncChats(market, store, { hints, signal }).catch(error => {
    if (!signal.aborted) throw error
  })
  return {
    store,
    end() {
      ending.abort()
      return running
    },
  }
}

/** So many turns of each client of each shop. */
async function writeSome(world: World, turns: number): Promise<void> {
  const run = (client: Client, shop: Shop) => {
    let left = turns
    return client(world, shop, () => left-- <= 0)
  }
  await Promise.all(world.shops.flatMap(shop => everybody.map(client => run(client, shop))))
}

/** What reached the program of a shop that had a bad network, against what was written. */
function compareHeard({ messages, arrivals }: Evidence, { businessId }: Shop): string[] {
  const written = new Set(messages.filter(one => one.businessId === businessId).map(({ messageId }) => messageId))
  const heard = new Set(arrivals.filter(one => one.businessId === businessId).map(({ messageId }) => messageId))
  return [
    ...[...written.difference(heard)].map(id => `the shop with a bad network never heard of message ${id}`),
    ...[...heard.difference(written)].map(
      id => `the shop with a bad network heard of message ${id}, which is not there`,
    ),
  ]
}

async function checkStates({ sql }: World, flaky: Shop, dead: Shop): Promise<string[]> {
  const rows = await sql<{ businessId: bigint; state: string }[]>`
    select business_id as "businessId", state from market.subscriptions`
  const stateOf = ({ businessId }: Shop) => rows.find(row => row.businessId === businessId)?.state
  return [
    ...(stateOf(flaky) === 'enabled' ? [] : [`the subscription with a bad network is ${stateOf(flaky)}`]),
    ...(stateOf(dead) === 'failed' ? [] : [`the subscription that never answered is ${stateOf(dead)}`]),
  ]
}
