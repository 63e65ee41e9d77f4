import { beforeAll, expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import type { OpenPage } from '../support/browser.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser } from './support/desk-browser.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)
const product = 'Кружка керамическая ручной работы, с крышкой и ложкой, 350 мл'
let shop: TestBusiness
let cabinetId: bigint
let chatId: bigint

beforeAll(async () => {
  shop = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, { ...shop, token: await shop.makeKey(['all-methods']) })
  chatId = await askAboutMug('Где мой заказ? Обещали привезти ещё в понедельник, а сегодня пятница')
})

async function askAboutMug(text: string): Promise<bigint> {
  const { businessId, campaignId, customer } = shop
  const orderId = await shop.makeOrder()
  const order = { campaignId, customerPublicId: customer.publicId }
  const items = [{ offerId: 'mug-350', name: product, count: 1, price: 450 }]
  await askAdminFor(market, `PUT /businesses/${businessId}/orders/${orderId}`, { ...order, items })
  const { body } = await shop.call('/chats/new', { context: { type: 'ORDER', id: orderId } })
  const made = BigInt((body as { result: { chatId: number } }).result.chatId) // the published answer
  await writeAs('customer', { market, shop, chatId: made }, text)
  return made
}

const rowOf = (page: OpenPage, text: string) => page.getByRole('link', { name: text })
const boxOf = async (page: OpenPage, selector: string) => {
  const box = await page.locator(selector).first().boundingBox()
  return box ?? { x: 0, y: 0, width: 0, height: 0 }
}

test('a row says its cabinet where there are several and none is chosen, and the product leaves room for the words', async () => {
  const page = await browser.open('/inbox')
  await page.locator('.inbox-product').waitFor()
  // The chat is there before its messages are.
  await page.locator('.inbox-words').getByText('Где мой заказ?').waitFor()
  const cabinet = page.locator('.inbox-cabinet')
  expect(await cabinet.count()).toBe(0)
  const [line, shown] = [await boxOf(page, '.inbox-preview'), await boxOf(page, '.inbox-product')]
  expect(shown.width).toBeLessThan(line.width * 0.42)
  expect((await boxOf(page, '.inbox-words')).width).toBeGreaterThan(line.width * 0.5)

  const other = await makeBusiness(market)
  const otherCabinet = await connectCabinet(desk.running, market, other)
  const chatOfOther = await other.makeChat()
  await writeAs('customer', { market, shop: other, chatId: chatOfOther }, 'Вопрос другому магазину')
  await page.reload()
  await rowOf(page, `Кабинет: Кабинет ${other.businessId} Вопрос другому магазину`).waitFor()
  await rowOf(page, `Кабинет: Кабинет ${shop.businessId}`).waitFor()
  // Their shops may be called alike.
  await page.keyboard.press('BracketLeft')
  const headings = page.getByRole('navigation', { name: 'Разделы' }).getByRole('heading', { name: /^Кабинет \d+$/ })
  expect(await headings.allTextContents()).toEqual([`Кабинет ${shop.businessId}`, `Кабинет ${other.businessId}`])
  expect(await page.findings()).toEqual([])
  await page.keyboard.press('BracketLeft')

  await page.goto(`${desk.url}/desk/inbox?cabinetId=${otherCabinet}`)
  await rowOf(page, 'Вопрос другому магазину').waitFor()
  expect(await cabinet.count()).toBe(0)
}, 120_000)

test.each([390, 320])(
  'on a phone of %d px a chat has one heading, and nothing in its head is cut off but a long name',
  async width => {
    await askAdminFor(market, `PUT /customers/${shop.customer.publicId}`, { name: 'Константин Константинопольский' })
    const page = await browser.open(`/inbox/${cabinetId}/${chatId}`, { width, height: 700 })
    await page.getByRole('heading', { level: 1, name: /Анна|Константин/ }).waitFor()

    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect(await cutIn(page, '.inbox-chat-head :is(.inbox-chip, time)')).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await page.picture('desk-head')
    await page.getByRole('button', { name: 'О чате' }).click()
    await page.getByRole('heading', { level: 1, name: 'О чате' }).waitFor()
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    const card = page.getByRole('region', { name: /^Заказ/ })
    await card.getByText('В обработкеПодтверждён, можно собирать').waitFor()

    await desk.sql`update desk.orders set fields = fields || '{"status": "NEW_STATUS", "substatus": "NEW_WORD"}'`
    await page.reload()
    await card.getByText('Другое состояние — смотрите в кабинете МаркетаПодробнее — в кабинете Маркета').waitFor()
    await desk.sql`update desk.orders set fields = fields || '{"status": "PROCESSING", "substatus": "STARTED"}'`
  },
  120_000,
)

test('the list is as wide as it was dragged or moved by keys, its rows as high as chosen, and both are there after a reload', async () => {
  for (let n = 0; n < 3; n++) await askAboutMug(`Вопрос ${n}`)
  const page = await browser.open('/inbox?view=all')
  await rowOf(page, 'Вопрос 2').waitFor()
  const width = async () => (await boxOf(page, '.inbox-list')).width
  const edge = page.getByRole('separator', { name: 'Ширина списка' })
  expect([await width(), await edge.getAttribute('aria-valuenow')]).toEqual([360, '360'])
  await edge.focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowRight']) await page.keyboard.press(key)
  expect([await width(), await edge.getAttribute('aria-valuenow')]).toEqual([380, '380'])
  const { x, y, width: thick } = await boxOf(page, '.inbox-edge')
  await page.mouse.move(x + thick / 2, y + 200)
  await page.mouse.down()
  await page.mouse.move(x + 300, y + 220, { steps: 3 })
  await page.mouse.up()
  await page.mouse.move(x + 400, y + 220)
  expect(await width()).toBe(480)
  expect(await page.findings()).toEqual([])

  const settings = await page.context().newPage()
  await settings.goto(`${desk.url}/desk/settings/account`)
  for (const [name, height] of [
    ['Плотные', 40],
    ['Просторные', 72],
  ] as const) {
    await settings.getByText(name, { exact: true }).click()
    await expect.poll(() => heightsAndSteps(page)).toEqual([height, height])
  }
  await page.reload()
  await rowOf(page, 'Вопрос 2').waitFor()
  expect([await width(), ...(await heightsAndSteps(page))]).toEqual([480, 72, 72])
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`${desk.url}/desk/inbox?view=all`)
  await rowOf(page, 'Вопрос 2').waitFor()
  expect(await width()).toBe(390)
}, 120_000)

test('every view has two orders, and none that says nothing there', async () => {
  const page = await browser.open('/inbox?view=all')
  await rowOf(page, 'Вопрос 2').waitFor()
  await page.getByRole('button', { name: 'Порядок Сначала новые' }).click()
  await page.getByRole('menuitem', { name: 'Сначала давние' }).click()
  await expect.poll(() => page.locator('.inbox-row').first().textContent()).toContain('Где мой заказ?')
  expect(page.url()).toContain('sort=oldest')
  await page.goto(`${desk.url}/desk/inbox?view=waiting&sort=oldest`)
  await page.getByRole('button', { name: 'Порядок Ждут дольше всех' }).click()
  await expect.poll(() => page.getByRole('menuitem').allTextContents()).toEqual(['Ждут дольше всех', 'Сначала новые'])
}, 120_000)

/** How high a row is, and how far the next one is below it. */
async function heightsAndSteps(page: OpenPage): Promise<number[]> {
  const boxes = await Promise.all([0, 1].map(at => page.locator('.inbox-row').nth(at).boundingBox()))
  const [first, second] = boxes
  return [first?.height ?? 0, (second?.y ?? 0) - (first?.y ?? 0)]
}

/** The texts of elements that do not fit into their boxes, or whose boxes do not fit into the window. */
function cutIn(page: OpenPage, selector: string) {
  return page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 || one.getBoundingClientRect().right > innerWidth)
    .map(one => one.textContent)`)
}
