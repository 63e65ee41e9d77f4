import { afterEach, beforeAll, expect, test } from 'vitest'
import type { ChatId } from '#contract'
import { askAdminFor } from '../support/admin.ts'
import type { OpenPage } from '../support/browser.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, readDeskChat, readShopTexts, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser } from './support/desk-browser.ts'

const market = useMarket()
const trouble = { isAway: false }
const desk = useDesk({ fetch: reach })
const browser = useDeskBrowser(desk)
let shop: TestBusiness
let cabinetId: bigint

beforeAll(async () => {
  shop = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, shop)
})

afterEach(() => Object.assign(trouble, { isAway: false }))

/** The desk's way to the market, which may be away. */
function reach(...[input, init]: Parameters<typeof fetch>): ReturnType<typeof fetch> {
  if (!trouble.isAway) return fetch(input, init)
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })
  return Promise.reject(new TypeError('fetch failed', { cause }))
}

async function ask(text: string): Promise<ChatId> {
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, text)
  await expect.poll(() => readDeskChat(desk.sql, { cabinetId, chatId })).toMatchObject({ texts: [text] })
  return chatId
}

const field = (page: OpenPage) => page.getByLabel('Ответ покупателю')
const button = (page: OpenPage, name: string) => page.getByRole('button', { name, exact: true })
const shopTexts = (chatId: ChatId) => readShopTexts(market, chatId)

async function openChat(chatId: ChatId): Promise<OpenPage> {
  const page = await browser.open(`/inbox/${cabinetId}/${chatId}?view=all`)
  await field(page).waitFor()
  return page
}

async function answer(page: OpenPage, text: string): Promise<void> {
  await field(page).fill(text)
  await page.keyboard.press('Enter')
  await expect.poll(() => field(page).inputValue()).toBe('')
}

/** Answers leave at once: their ends are what these tests are about. */
async function leaveAtOnce(): Promise<void> {
  const page = await browser.open('/settings/account')
  await page.getByRole('slider').focus()
  await page.keyboard.press('Home')
  await page.getByText('Ответ уходит сразу').waitFor()
}

test('an answer to a finished chat keeps its text, says why, can be copied, and is sent when the buyer has written again', async () => {
  await leaveAtOnce()
  const chatId = await ask('Можно вернуть?')
  const page = await openChat(chatId)
  await askAdminFor(market, `POST /businesses/${shop.businessId}/chats/${chatId}/close`)

  await answer(page, 'Можно, в течение недели')
  await page.getByText('не отправлено').first().waitFor()
  await page.getByText('Чат завершён: Маркет больше ничего не принимает').waitFor()
  await page.getByText('Чат завершён: Маркет может не принять ответ').waitFor()
  expect(await page.survey('desk-closed', () => page.locator('.answer-why').waitFor())).toEqual([])
  await button(page, 'Скопировать текст').click()
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('Можно, в течение недели')

  await writeAs('customer', { market, shop, chatId }, 'Так можно?')
  await page.locator('.composer-finished').waitFor({ state: 'detached' })
  await button(page, 'Отправить ещё раз').click()
  await expect.poll(() => shopTexts(chatId)).toEqual(['Можно, в течение недели'])
  await page.getByText('не отправлено').first().waitFor({ state: 'detached' })
}, 120_000)

test('of an answer that may have arrived the page says so, and lets one look, send it again or put it away', async () => {
  const chatId = await ask('Когда привезут?')
  trouble.isAway = true
  const page = await openChat(chatId)
  for (const text of ['Завтра', 'Послезавтра']) await answer(page, text)
  await expect.poll(() => page.getByText('ждёт, пока Маркет ответит').count()).toBe(2)
  // None that is under way: what becomes of the attempt would be written over it.
  const loseThose = async () => {
    await desk.sql`
      update desk.answers set state = 'unknown', why = 'the connection was lost', next_at = null
       where chat_id = ${chatId} and state = 'waiting'`
    return (await desk.sql`select from desk.answers where chat_id = ${chatId} and state = 'unknown'`).length
  }
  await expect.poll(loseThose).toBe(2)
  trouble.isAway = false
  await page.reload()

  await page.getByText('возможно, отправлено').first().waitFor()
  await page.getByText('Сначала посмотрите').first().waitFor()
  await page.picture('desk-unknown')
  expect(await page.findings()).toEqual([])
  await button(page, 'Посмотреть').first().click()
  await button(page, 'Скрыть').first().click()
  await expect.poll(() => button(page, 'Посмотреть').count()).toBe(1)
  await button(page, 'Отправить ещё раз').click()
  await expect.poll(() => shopTexts(chatId)).toEqual(['Послезавтра'])
}, 120_000)

test('while the market is away the strip says since when and how many answers wait, and they leave when it is back', async () => {
  const chatId = await ask('Есть ли синяя?')
  const page = await openChat(chatId)
  const strip = page.getByRole('contentinfo')
  await strip.getByText('На связи').waitFor()
  trouble.isAway = true

  await answer(page, 'Есть')
  await strip.getByText(/Маркет не отвечает с \d\d:\d\d, 1 ответ ждёт отправки/).waitFor()
  await answer(page, 'И зелёная')
  await strip.getByText(/2 ответа ждут отправки/).waitFor()
  await page.getByText('ждёт, пока Маркет ответит').first().waitFor()
  expect(await page.findings()).toEqual([])
  trouble.isAway = false

  await expect.poll(() => shopTexts(chatId)).toEqual(['Есть', 'И зелёная'])
  await strip.getByText('На связи').waitFor()
}, 120_000)

test('of two windows of one person, the one in which an answer is being written hears of the answer of the other', async () => {
  const chatId = await ask('Какой размер?')
  const [page, other] = [await openChat(chatId), await openChat(chatId)]
  await field(page).fill('Отвечу из первого')
  await answer(other, 'Ответ из второго')
  await page.getByText('Пока вы писали, в этот чат отправили другой ответ.').waitFor()
  await page.picture('desk-answered')
  expect(await other.getByText('отправили другой ответ').count()).toBe(0)
  expect(await page.findings()).toEqual([])

  await field(page).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => browser.takeTroubles().join()).toMatch(/409/)
  await expect.poll(() => shopTexts(chatId)).toEqual(['Ответ из второго'])
  await button(page, 'Отправить всё равно').click()
  await expect.poll(() => shopTexts(chatId)).toEqual(['Ответ из второго', 'Отвечу из первого'])
  await answer(page, 'И ещё раз')
  await expect.poll(() => shopTexts(chatId)).toHaveLength(3)
}, 120_000)
