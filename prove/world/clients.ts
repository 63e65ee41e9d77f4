import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type ChatStore, MarketClient, makeMemoryStore, syncChats } from '#client'
import { hashOf, type Outcome } from '../evidence/history.ts'
import { type Answer, callShop, request, type Shop } from './shop.ts'
import type { World } from './world.ts'

/** Those who work until it is over. What is refused or unanswered they do not try again. */
export type Client = (world: World, shop: Shop, isOver: () => boolean) => Promise<void>

const json = { 'content-type': 'application/json' }

export const shopWrites: Client = async (world, shop, isOver) => {
  for (let turn = 0; !isOver(); turn++) {
    const message = makeText(shop)
    const chatId = chatAt(shop, turn)
    await world.history.act(
      { actor: 'a shop', ...keyOf(shop, chatId), kind: 'text', hash: hashOf(message) },
      async () => {
        const init = { headers: json, body: JSON.stringify({ message }) }
        return outcomeOf(await callShop(world, shop, `/chats/message?chatId=${chatId}`, init))
      },
    )
  }
}

const shopUploads: Client = async (world, shop, isOver) => {
  for (let turn = 0; !isOver(); turn++) {
    const bytes = new Uint8Array(randomBytes(30_000))
    const chatId = chatAt(shop, turn)
    await world.history.act(
      { actor: 'a shop', ...keyOf(shop, chatId), kind: 'file', hash: hashOf(bytes) },
      async () => {
        const body = new FormData()
        body.set('file', new Blob([bytes]), 'notes.bin')
        return outcomeOf(await callShop(world, shop, `/chats/file/send?chatId=${chatId}`, { body }))
      },
    )
  }
}

export const buyerWrites: Client = async (world, shop, isOver) => {
  for (let turn = 0; !isOver(); turn++) {
    const text = makeText(shop)
    const chatId = chatAt(shop, turn)
    await world.history.act(
      { actor: 'a buyer', ...keyOf(shop, chatId), kind: 'text', hash: hashOf(text) },
      async () => {
        const path = `/buyer/v1/businesses/${shop.businessId}/chats/${chatId}/messages`
        const headers = { ...json, ...shop.buyer.headers }
        return outcomeOf(
          await request(`${world.url}${path}`, { method: 'POST', headers, body: JSON.stringify({ text }) }),
        )
      },
    )
  }
}

/** Reads each chat on from the last message it knows, as a shop that asks for news does. */
const shopPolls: Client = async (world, shop, isOver) => {
  const next = new Map<bigint, bigint>()
  const reader = `poller ${randomBytes(3).toString('hex')}`
  const readOn = async (chatId: bigint) => {
    const from = next.get(chatId)
    const body = from === undefined ? '{}' : `{"messageIdFrom":${from}}`
    const answer = await callShop(world, shop, `/chats/history?limit=100&chatId=${chatId}`, { headers: json, body })
    const ids =
      answer?.status === 200 ? [...answer.text.matchAll(/"messageId":(\d+)/g)].map(([, id = '0']) => BigInt(id)) : []
    world.history.saw(reader, keyOf(shop, chatId), ids)
    const last = ids.at(-1)
    if (last !== undefined) next.set(chatId, last + 1n)
    return ids.length
  }
  while (!isOver()) {
    for (const chatId of shop.chatIds) await readOn(chatId)
    await wait(20)
  }
  // Once more to the end of each chat: a message that was skipped shows only now.
  for (const chatId of shop.chatIds) while ((await readOn(chatId)) > 0);
}

/** One of each kind, and a second writer. */
export const everybody: readonly Client[] = [shopWrites, shopWrites, shopUploads, buyerWrites, shopPolls]

/** Follows a shop's chats into a store until it is ended; what it throws then is the signal's. */
export async function mirrorShop(world: World, shop: Shop, store: ChatStore, signal: AbortSignal): Promise<void> {
  const { token: apiKey, businessId } = shop
  const market = new MarketClient({ apiKey, businessId, baseUrl: world.url, timeoutMs: 5000 })
  await syncChats(market, store, { signal, sweepEveryMs: 500 }).catch(error => {
    if (!signal.aborted) throw error
  })
}

/** Reads all that a store still lacks, as a shop that is started again does. */
export async function completeMirror(world: World, shop: Shop, store: ChatStore = makeMemoryStore()): Promise<void> {
  const market = new MarketClient({ apiKey: shop.token, businessId: shop.businessId, baseUrl: world.url })
  await syncChats(market, store, { once: true })
}

/** 4xx says that nothing was written; 5xx says nothing of the kind. */
function outcomeOf(answer: Answer | undefined): Outcome {
  if (answer === undefined || answer.status >= 500) return 'unknown'
  return answer.status < 300 ? 'ok' : 'fail'
}

const makeText = ({ canary }: Shop) => `${canary}${randomBytes(8).toString('hex')}`
const keyOf = ({ businessId }: Shop, chatId: bigint) => ({ businessId, chatId })
const chatAt = ({ chatIds }: Shop, turn: number) => chatIds[turn % chatIds.length] ?? 0n
