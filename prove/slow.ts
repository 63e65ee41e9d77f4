import { setTimeout as wait } from 'node:timers/promises'
import { openConnection, spellHead } from '../test/support/raw-http.ts'
import type { Proof } from './proof.ts'
import { shopWrites } from './world/clients.ts'
import { callShop, type Shop } from './world/shop.ts'
import { countWrites, judge, startWork } from './world/work.ts'
import { makeWorld, type World } from './world/world.ts'

const callers = { quick: 20, full: 500 }
const slots = 4
const heldMs = 2000
const patienceMs = 60_000
const page = { 'content-type': 'application/json', 'content-length': 2 }

/** Callers who say nothing, say it byte by byte, do not read what they asked for, or leave what they opened, beside shops at work. */
export const slow: Proof = {
  promise: 'Who is silent, dripping, does not read or is gone holds up nobody, and holds nothing for long',
  async prove({ size, say }) {
    const world = await makeWorld({ shops: 2, chats: 2, options: { maxParallel: slots, stalledAfterMs: 1000 } })
    const [victim] = world.shops
    if (!victim) throw new Error('shops were asked for')
    await fillChat(world, victim)
    const rest = startWork(world, [shopWrites])
    for (const [name, behave] of Object.entries(behaviours)) {
      say(`${callers[size]} callers: ${name} …`)
      await Promise.all(Array.from({ length: callers[size] }, () => behave(world, victim)))
      await world.history.answeredMore(10)
    }
    await rest()
    // Their own business may be refused for the parallel calls that they hold; nobody else is.
    const { businessId } = victim
    const disturbed = world.history.acts.filter(
      act => act.outcome === 'unknown' || (act.outcome === 'fail' && act.businessId !== businessId),
    )
    return {
      figures: `${callers[size]} callers each ${Object.keys(behaviours).join(', ')}; beside them ${countWrites(world)}`,
      broken: [
        ...disturbed.map(act => `a text of business ${act.businessId} was ${act.outcome}`),
        ...(await until(() => hasAllSlots(world, victim), 'its parallel slots are not free again')),
        ...(await until(
          async () => (await countStreams(world)) === 0,
          'event streams that were left are still counted',
        )),
        ...(await judge(world, [])),
      ],
    }
  },
}

const behaviours: Record<string, (world: World, victim: Shop) => Promise<void>> = {
  silent: async ({ url }) => {
    const { socket } = await openConnection(url)
    socket.write('POST /v2/')
    await wait(heldMs)
    socket.destroy()
  },
  dripping: async ({ url }, victim) => {
    const { socket } = await openConnection(url)
    const head = spellHead('POST', historyOf(victim), { 'api-key': victim.token, ...page })
    for (const byte of head.slice(0, 40)) {
      socket.write(byte)
      await wait(heldMs / 40)
    }
    socket.destroy()
  },
  // More than the systems between them take: the last answers wait, and hold their slots.
  unread: async ({ url }, victim) => {
    const { socket } = await openConnection(url)
    socket.pause()
    socket.write(`${spellHead('POST', historyOf(victim), { 'api-key': victim.token, ...page })}{}`.repeat(40))
  },
  gone: async ({ url }, { buyer }) => {
    const { socket } = await openConnection(url)
    socket.write(spellHead('GET', '/buyer/v1/events', { ...buyer.headers, 'last-event-id': '0' }))
    await wait(20)
    socket.destroy()
  },
}

const historyOf = ({ businessId, chatIds }: Shop) =>
  `/v2/businesses/${businessId}/chats/history?limit=100&chatId=${chatIds[0]}`

/** A page of it is 800 KB. */
async function fillChat(world: World, shop: Shop): Promise<void> {
  const body = JSON.stringify({ message: 'я'.repeat(4096) })
  const init = { headers: { 'content-type': 'application/json' }, body }
  for (let made = 0; made < 100; made++) await callShop(world, shop, `/chats/message?chatId=${shop.chatIds[0]}`, init)
}

/** As many calls at once as it may make. */
async function hasAllSlots(world: World, shop: Shop): Promise<boolean> {
  const init = { headers: { 'content-type': 'application/json' }, body: '{}' }
  const answers = Array.from({ length: slots }, () => callShop(world, shop, '/chats', init))
  return (await Promise.all(answers)).every(answer => answer?.status === 200)
}

async function countStreams({ url }: World): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^prilavok_event_streams (\d+)$/m.exec(text)?.[1])
}

async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<string[]> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    if (await isSo()) return []
    await wait(100)
  }
  return [otherwise]
}
