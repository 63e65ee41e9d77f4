import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { chatPath } from '../support/buyer.ts'
import { makeTestChat } from '../support/other-chats.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:30Z'))
const market = useMarket({ clock })

test('the overview counts chats, the last hour by minute, and tells what happened last', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('fail')
  await subscribe(market.sql, shop, { ...receiver, types: ['message_sent'] })
  const settled = () => market.running.market.deliverer.settled()
  const old = await shop.makeChat()
  await askAdminFor(market, `POST ${chatPath(shop, old)}/market-messages`, { text: 'Давно' })
  receiver.answering = 'ok'
  clock.advance(2 * 60 * 60_000)
  await settled()
  clock.advance(60 * 60_000)
  const begun = new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000)
  const [chatId, fake] = [await shop.makeChat(), await makeTestChat(market, shop)]
  receiver.answering = 'fail'
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/customer-messages`, { text: 'Где?' })
  await settled()
  receiver.answering = 'refuse'
  clock.advance(70_000)
  await settled()
  receiver.answering = 'ok'
  await shop.call(`/chats/message?chatId=${old}`, { message: 'Едет' })
  await settled()
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/dispute`, { reason: 'Нет' })
  await settled()
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/dispute/finish`)

  type Minutes = Record<string, number | string>[]
  type Overview = { messages: Minutes; deliveries: Minutes; events: { kind: string; chatId: number; text?: string }[] }
  const read = await askAdminFor<Overview>(market, `GET /businesses/${shop.businessId}/overview`)

  const minute = (offset: number) => new Date(begun.getTime() + offset * 60_000).toISOString()
  expect(read).toMatchObject({
    chats: { total: 3, waitingForShop: 0, disputes: 0, test: 1 },
    subscriptions: { enabled: 1, disabled: 0, failed: 0, waiting: 0 },
    isPartial: false,
  })
  expect([read.messages.length, read.deliveries.length, read.messages.at(-1)?.['minute']]).toEqual([60, 60, minute(1)])
  expect(read.messages.slice(-2)).toEqual([
    { minute: minute(0), customer: 1, partner: 0, other: 0 },
    { minute: minute(1), customer: 1, partner: 1, other: 0 },
  ])
  expect(read.deliveries.slice(-2)).toEqual([
    { minute: minute(0), delivered: 0, refused: 0, failed: 1 },
    { minute: minute(1), delivered: 2, refused: 1, failed: 0 },
  ])
  const quiet = [...read.messages.slice(0, -2), ...read.deliveries.slice(0, -2)].flatMap(({ minute, ...counts }) =>
    Object.values(counts),
  )
  expect(new Set(quiet)).toEqual(new Set([0]))
  expect(read.events.map(({ kind, chatId, text }) => [kind, chatId, text]).slice(-2)).toEqual([
    ['message', Number(old), 'Давно'],
    ['chat', Number(old), undefined],
  ])
  expect(read.events.map(({ kind, chatId, text }) => `${kind} ${chatId} ${text ?? ''}`).sort()).toEqual(
    [
      `chat ${chatId} `,
      `chat ${fake} `,
      `chat ${old} `,
      `message ${chatId} Где?`,
      `message ${chatId} Нет`,
      `message ${old} Давно`,
      `message ${old} Едет`,
    ].sort(),
  )
})

test('the overview counts the failures of what still waits, and what waits behind it', async () => {
  const shop = await makeBusiness(market)
  await subscribe(market.sql, shop, await makeReceiver('fail'))
  await shop.makeChat()
  await shop.makeChat()
  for (let attempt = 0; attempt < 3; attempt++) {
    await market.running.market.deliverer.settled()
    clock.advance(70_000)
  }

  type Overview = { deliveries: { failed: number }[]; subscriptions: object }
  const read = await askAdminFor<Overview>(market, `GET /businesses/${shop.businessId}/overview`)

  expect(read.deliveries.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThanOrEqual(3)
  expect(read.subscriptions).toEqual({ enabled: 1, disabled: 0, failed: 0, waiting: 2 })
})
