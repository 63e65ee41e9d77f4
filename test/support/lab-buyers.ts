import type { RunningMarket } from '#market'
import type { TestBusiness } from './business.ts'
import { askLabFor } from './lab.ts'
import { resultOf } from './published-calls.ts'
import type { TestMarket } from './test-market.ts'

export type Buyer = {
  buyerId: number
  chatId: number
  seed: number
  state: 'ACTING' | 'WAITING_FOR_SHOP' | 'DONE'
  step: number
  nextActAt?: string
  customerName: string
}

export type Message = { sender: string; message?: string; payload?: { name: string; url: string }[] }
type Wish = { persona: string; intent: string; seed?: number; rate?: number; orderId?: bigint; isTestChat?: boolean }

type At = Pick<TestMarket, 'url' | 'adminToken'>

export async function sendBuyer(market: At, { businessId }: TestBusiness, wish: Wish): Promise<Buyer> {
  const { buyer } = await askLabFor<{ buyer: Buyer }>(market, 'POST /buyers', { businessId, ...wish })
  return buyer
}

export async function listBuyers(market: At, { businessId }: TestBusiness): Promise<Buyer[]> {
  const { buyers } = await askLabFor<{ buyers: Buyer[] }>(market, `GET /buyers?businessId=${businessId}`)
  return buyers
}

/** The chat as its shop reads it. */
export async function historyOf(shop: TestBusiness, chatId: number | bigint): Promise<Message[]> {
  const history = resultOf(await shop.call(`/chats/history?chatId=${chatId}&limit=50`, {}))
  return (history as { messages: Message[] }).messages // the published answer
}

/** Each message in a word: who wrote it, and what. */
export async function linesOf(shop: TestBusiness, chatId: number | bigint): Promise<string[]> {
  const messages = await historyOf(shop, chatId)
  return messages.map(({ sender, message, payload }) => `${sender}: ${message ?? payload?.[0]?.name}`)
}

export function reply(shop: TestBusiness, chatId: number | bigint, message: string) {
  return shop.call(`/chats/message?chatId=${chatId}`, { message })
}

export async function statusOf(shop: TestBusiness, chatId: number | bigint): Promise<string> {
  const { type, status } = resultOf(await shop.call(`/chat?chatId=${chatId}`))
  return `${type}/${status}`
}

type Machine = { now(): Date; advance(ms: number): void }

/** Lets so much time pass, from one moment at which something is due to the next. */
export async function pass(machine: Machine, { market }: RunningMarket, seconds: number): Promise<void> {
  const until = machine.now().getTime() + seconds * 1000
  for (;;) {
    await market.labBuyers?.settled()
    const next = market.lab?.clock.nextAt()?.getTime() ?? Number.POSITIVE_INFINITY
    const leftMs = Math.max(Math.min(next - market.clock.now().getTime(), until - machine.now().getTime()), 0)
    machine.advance(leftMs)
    if (machine.now().getTime() >= until) break
  }
  await market.labBuyers?.settled()
}
