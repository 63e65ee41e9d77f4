import { beforeAll, expect, test } from 'vitest'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, readDeskChat, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser, watchShifts } from './support/desk-browser.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)
let shop: TestBusiness
let cabinetId: bigint

beforeAll(async () => {
  shop = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, shop)
})

/** A buyer who was answered after so long, days ago; the desk is told so past the market, whose clock stands for the tests. */
async function answered(minutes: number, daysAgo = 0): Promise<void> {
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'Где мой заказ?')
  await writeAs('partner', { market, shop, chatId }, 'Уже едет')
  await expect.poll(async () => (await readDeskChat(desk.sql, { cabinetId, chatId }))?.texts.length).toBe(2)
  // Until the second of its last message is over the chat is read again, and has the market's times again.
  const isRead = () => desk.sql`
    select from desk.chats where cabinet_id = ${cabinetId} and chat_id = ${chatId} and (mark ->> 'isRead')::boolean`
  await expect.poll(async () => (await isRead()).length).toBe(1)
  const at = new Date(Date.now() - daysAgo * 24 * 60 * 60_000)
  await desk.sql`
    update desk.messages set created_at = ${at}::timestamptz
             - case sender when 'CUSTOMER' then ${minutes} * interval '1 minute' else interval '0' end
     where cabinet_id = ${cabinetId} and chat_id = ${chatId}`
}

test('when nobody waits, how soon was answered today and this week is said, and the first steps stand below until they are put away', async () => {
  await answered(9, 3)
  const page = await browser.open('/inbox?view=finished')
  await page.getByText('Завершённых пока нет').waitFor()
  await page.evaluate('document.fonts.ready')
  await page.getByRole('link', { name: 'Входящие' }).click()
  const shifted = await watchShifts(page)
  await page.getByText('Всем ответили').waitFor()
  await page.getByText('Сегодня ответов ещё не было').waitFor()
  expect(await shifted()).toBe(0)

  await answered(10)
  await answered(18)
  await page.reload()
  await page.getByText('Среднее время ответа сегодня: 14 мин').waitFor()
  await page.getByRole('img', { name: /^Время ответа за 7 дней: .* 9 мин, 1 ответ; .* 14 мин, 2 ответа\.$/ }).waitFor()
  const steps = page.getByRole('region', { name: 'Первые шаги' })
  await steps.getByText('2 из 4').waitFor()
  const settle = () => page.locator('.checklist').waitFor()
  expect(await page.survey('desk-all-answered', settle)).toEqual([])

  await page.goto(`${desk.url}/desk/settings/cabinets`)
  await page.getByRole('link', { name: /Пригласить коллегу|Invite a person/ }).click()
  await page.getByRole('button', { name: /Пригласить|Invite a person/ }).click()
  await page.getByRole('textbox', { name: /Имя|Name/ }).fill('Мария')
  await page.getByRole('textbox', { name: /Почта|E-mail/ }).fill('maria@shop.example')
  await page.keyboard.press('Enter')
  await page.getByText(/Одноразовая|It works once/).waitFor()
  await page.keyboard.press('Escape')
  await page.goto(`${desk.url}/desk/settings/account`)
  await page.getByLabel(/Тихо с|Quiet from/).fill('22:00')
  await page.getByLabel(/Тихо до|Quiet until/).fill('08:00')
  await Promise.all([
    page.waitForResponse(answer => answer.url().endsWith('/preferences') && answer.request().method() === 'PUT'),
    page.getByLabel(/Тихо до|Quiet until/).blur(),
  ])
  await page.goto(`${desk.url}/desk/settings/cabinets`)
  await page.getByText(/^4 (?:из|of) 4$/).waitFor()
  await page.picture('desk-checklist-done')
  await page.goto(`${desk.url}/desk/inbox`)
  await page.getByText(/Среднее время ответа сегодня|Average of today/).waitFor()
  expect(await page.locator('.checklist').count()).toBe(0)

  await page.goto(`${desk.url}/desk/settings/cabinets`)
  await page.getByRole('button', { name: /Скрыть|Dismiss/ }).click()
  await page.locator('.checklist').waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText(market.url).first().waitFor()
  expect(await page.locator('.checklist').count()).toBe(0)
}, 120_000)
