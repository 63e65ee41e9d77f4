import { setTimeout as wait } from 'node:timers/promises'
import { parseJson } from '#contract'
import type { Shop } from './shop.ts'
import type { World } from './world.ts'

const patienceMs = 30_000

/** A customer's open stream, opened again with its last position whenever it ends. */
export type Follower = {
  /** How often the stream was opened. */
  opened(): number
  /** The messages that are stored for the customer and have not come, after a while of waiting for them. Ends the stream. */
  findLacking(): Promise<string[]>
}

export function followAsBuyer(world: World, shop: Shop): Follower {
  const ending = new AbortController()
  const seen = new Set<string>()
  let opened = 0
  let lastId: string | undefined
  const take = (block: string) => {
    const fields = new Map(block.split('\n').map(line => line.split(/: (.*)/s) as [string, string])) // name, value
    lastId = fields.get('id') ?? lastId
    if (fields.get('event') !== 'message') return
    const { chatId, messageId } = readMessage(fields.get('data') ?? '')
    seen.add(`${messageId}`)
    world.history.saw(`the stream of business ${shop.businessId}`, { ...shop, chatId }, [messageId])
  }
  const follow = async () => {
    while (!ending.signal.aborted) {
      opened++
      const position = lastId === undefined ? {} : { 'last-event-id': lastId }
      const headers = { ...shop.buyer.headers, ...position }
      await readBlocks(`${world.url}/buyer/v1/events`, { headers, signal: ending.signal }, take).catch(() => wait(20))
    }
  }
  const following = follow()
  return {
    opened: () => opened,
    async findLacking() {
      const rows = await world.sql<{ messageId: bigint }[]>`
        select message_id as "messageId" from market.messages where business_id = ${shop.businessId}`
      const lacking = () => rows.filter(({ messageId }) => !seen.has(`${messageId}`))
      for (const until = performance.now() + patienceMs; lacking().length > 0 && performance.now() < until; )
        await wait(20)
      ending.abort()
      await following
      return lacking().map(({ messageId }) => `the stream of business ${shop.businessId} lacks message ${messageId}`)
    },
  }
}

function readMessage(data: string): { chatId: bigint; messageId: bigint } {
  const parsed = parseJson(data)
  const { chatId, message } = (parsed.ok && parsed.value) as { chatId: bigint; message: { messageId: bigint } } // as the operation describes it
  return { chatId: BigInt(chatId), messageId: BigInt(message.messageId) }
}

async function readBlocks(url: string, init: RequestInit, take: (block: string) => void): Promise<void> {
  const answer = await fetch(url, init)
  let rest = ''
  for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) take(block)
  }
}
