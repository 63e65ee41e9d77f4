import { existsSync, utimesSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { sweepFiles } from '../../src/market/files/sweep-files.ts'
import { askAdminFor } from '../support/admin.ts'
import { type Buyer, buyerOf, chatPath } from '../support/buyer.ts'
import { brieflyOnce, done, readSaid, replayed, sayOnce, sendFileOnce } from '../support/once.ts'
import { badRequest, brief, makeScene, resultOf, type Scene } from '../support/published-calls.ts'
import { startSecond } from '../support/second-market.ts'
import { storedPath } from '../support/stored-file.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T12:00:00Z'))
const market = useMarket({ clock })
let scene: Scene
let buyer: Buyer

beforeEach(async () => {
  scene = await makeScene(market)
  const { publicId } = scene.customer
  const { token } = await askAdminFor<{ token: string }>(market, `POST /customers/${publicId}/tokens`)
  buyer = buyerOf(market, publicId, token)
})

const chat = () => chatPath(scene, scene.chatId)
const close = () => askAdminFor(market, `POST ${chat()}/close`)
const set = (finishedChats: 'refuse' | 'reopen') =>
  askAdminFor(market, `PATCH /businesses/${scene.businessId}`, { finishedChats })
const say = (key?: string, message?: string) =>
  sayOnce(market, scene, { key, ...(message !== undefined && { message }) })
const buyerWrites = () => buyer.ask(`POST ${chat()}/messages`, { text: 'Ещё вопрос' })
const closed = () => badRequest(`Chat with id '${scene.chatId}' is closed`)

async function readState(): Promise<string> {
  const { type, status } = resultOf(await scene.call(`/chat?chatId=${scene.chatId}`))
  return `${type}/${status}`
}

describe('a shop that writes to a finished chat', () => {
  test('is refused in the words of the contract, by text and by file, and nothing is changed', async () => {
    await close()
    const before = await scene.call(`/chat?chatId=${scene.chatId}`)

    const answers = [await say(), await sendFileOnce(market, scene, { key: 'a', bytes: [1, 2] })]

    expect(answers.map(brief)).toEqual([closed(), closed()])
    expect(await readSaid(market, scene)).toEqual([])
    expect((await scene.call(`/chat?chatId=${scene.chatId}`)).text).toBe(before.text)
  })

  test('is refused after a dispute too, and may write again once the buyer has written', async () => {
    await buyer.ask(`POST ${chat()}/dispute`, { reason: 'Чайник разбит' })
    const during = await say()
    await askAdminFor(market, `POST ${chat()}/dispute/finish`)

    const after = await say()
    const reopened = [await buyerWrites(), await readState()]
    const answer = await say()

    expect([during, after, answer].map(({ status }) => status)).toEqual([200, 400, 200])
    expect(reopened).toMatchObject([{ status: 201 }, 'CHAT/WAITING_FOR_PARTNER'])
    expect(await readState()).toBe('CHAT/WAITING_FOR_CUSTOMER')
  })

  test('opens it again where its business lets it: from the next message on, whichever process takes it', async () => {
    const second = await startSecond(market, [], { clock })
    await close()
    const refused = [await say(), await sayOnce(second, scene, { key: undefined })]

    await set('reopen')
    const accepted = await sayOnce(second, scene, { key: undefined })
    const state = await readState()
    await close()
    await set('refuse')

    expect([...refused, accepted].map(({ status }) => status)).toEqual([400, 400, 200])
    expect(state).toBe('CHAT/WAITING_FOR_CUSTOMER')
    expect((await sayOnce(second, scene, { key: undefined })).status).toBe(400)
  })

  test('is answered as before if its message was written before the end', async () => {
    await say('a')
    await sendFileOnce(market, scene, { key: 'b', bytes: [1] })
    await close()

    const again = [await say('a'), await sendFileOnce(market, scene, { key: 'b', bytes: [1] })]
    const other = await say('a', 'Другой текст')

    expect(again.map(brieflyOnce)).toEqual([replayed, replayed])
    expect(other.status).toBe(422)
    expect(await readState()).toBe('CHAT/FINISHED')
    expect(await readSaid(market, scene)).toHaveLength(2)
  })

  test('keeps the key of what was refused: the same request is done when the chat is open again', async () => {
    await close()
    const refused = [await say('a'), await say('a')]
    await buyerWrites()

    const later = [await say('a'), await say('a')]

    expect(refused.map(({ status }) => status)).toEqual([400, 400])
    expect(later.map(brieflyOnce)).toEqual([done, replayed])
    expect(await readSaid(market, scene)).toEqual(['Ещё вопрос', 'Уже в пути'])
  })

  test('leaves no file behind: what was refused is swept away after an hour', async () => {
    await close()
    const { files } = market.running.market
    await sendFileOnce(market, scene, { key: 'a', bytes: [1, 2, 3, 4] })
    const [hash] = (await Array.fromAsync(files.listOlder(new Date(Date.now() + 60_000))))
      .filter(({ businessId }) => businessId === scene.businessId)
      .flatMap(({ hashes }) => hashes)
    const path = storedPath(market, scene.businessId, hash ?? '')
    const longAgo = new Date(clock.now().getTime() - 61 * 60_000)
    utimesSync(path, longAgo, longAgo)

    await sweepFiles({ ...market.running.market, now: clock.now() })

    expect(existsSync(path)).toBe(false)
  })
})

test('a business refuses unless it was made or set otherwise, and says which', async () => {
  const name = 'Лавка'
  type Made = { business: { businessId: number; finishedChats: string } }
  const plain = await askAdminFor<Made>(market, 'POST /businesses', { name })
  const made = await askAdminFor<Made>(market, 'POST /businesses', { name, finishedChats: 'reopen' })
  const path = `/businesses/${made.business.businessId}` as const

  const renamed = await askAdminFor<Made>(market, `PATCH ${path}`, { name: 'Прилавок' })
  const set = await askAdminFor<Made>(market, `PATCH ${path}`, { finishedChats: 'refuse' })
  const read = await askAdminFor<Made>(market, `GET ${path}`)

  const told = [plain, made, renamed, set, read].map(({ business }) => business.finishedChats)
  expect(told).toEqual(['refuse', 'reopen', 'reopen', 'refuse', 'refuse'])
})
