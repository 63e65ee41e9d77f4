import { beforeEach, describe, expect, test } from 'vitest'
import type { ChatId } from '#contract'
import type { ChatEvent } from '../../src/market/chats/transitions.ts'
import { makeCall, makeScene, resultOf, type Scene, send } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
let scene: Scene

beforeEach(async () => {
  scene = await makeScene(market)
})

describe('a batch of the postbox', () => {
  const post = (chatId: bigint, event: ChatEvent = 'partner_writes', body = 'письмо') =>
    market.running.market.postbox.post({
      businessId: scene.businessId,
      chatId: chatId as ChatId,
      event,
      sender: 'partner',
      content: { kind: 'text', body },
    })

  test('in which one is for a chat that is not there delivers the others', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(i => post(i % 2 ? scene.chatId : 2n)))

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'no_chat', 'done', 'no_chat', 'done'])
  })

  test('in which one cannot happen in the state of the chat delivers the others', async () => {
    const outcomes = await Promise.all([post(scene.chatId), post(scene.chatId, 'dispute_finished'), post(scene.chatId)])

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'done'])
  })

  test('in which one is poison to the database delivers each of the others once', async () => {
    const letters = Array.from({ length: 20 }, (_letter, i) => (i % 7 === 5 ? 'яд\0' : `письмо ${i}`))
    const outcomes = await Promise.allSettled(letters.map(body => post(scene.chatId, 'partner_writes', body)))

    const whole = letters.filter(body => !body.includes('\0'))
    const history = await send(market, {
      ...makeCall('getChatHistory', scene),
      query: { chatId: `${scene.chatId}`, limit: '100' },
    })
    const { messages } = resultOf(history) as { messages: { message: string }[] } // the published answer
    expect(outcomes.map(({ status }) => status)).toEqual(
      letters.map(body => (body.includes('\0') ? 'rejected' : 'fulfilled')),
    )
    expect(
      messages
        .map(({ message }) => message)
        .slice(1)
        .sort(),
    ).toEqual(whole.sort())
  })

  test('tells every writer the id of his own message', async () => {
    const bodies = Array.from({ length: 100 }, (_letter, i) => `письмо ${i}`)
    const posted = await Promise.all(bodies.map(body => post(scene.chatId, 'partner_writes', body)))

    for (const [index, outcome] of posted.entries()) {
      if (outcome.outcome !== 'done') throw new Error(outcome.outcome)
      const reply = await send(market, makeCall('getChatMessage', { ...scene, messageId: outcome.eventId }))
      expect(resultOf(reply)).toMatchObject({ message: bodies[index] })
    }
  })

  test('gives ids above those of a chat that was written to on another node, whose numbers were ahead', async () => {
    const [ahead] = await market.sql<[{ last: bigint }]>`
      update market.chats set last_message_id = last_message_id + 1000000 where chat_id = ${scene.chatId}
      returning last_message_id as last`

    const posted = await post(scene.chatId)

    expect(posted).toMatchObject({ outcome: 'done' })
    expect(posted.outcome === 'done' && posted.eventId > ahead.last).toBe(true)
  })
})
