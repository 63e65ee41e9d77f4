import { beforeAll, expect, test } from 'vitest'
import { makePng, pictures } from '#market'
import type { OpenPage } from '../support/browser.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser } from './support/desk-browser.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)
let shop: TestBusiness
let path: string

beforeAll(async () => {
  shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const write = (who: 'customer' | 'partner' | 'market', text: string) => writeAs(who, { market, shop, chatId }, text)
  await write('customer', 'Кружка пришла с трещиной, вот снимки')
  for (const name of ['первый.png', 'второй.png']) await sendPicture(chatId, name)
  await write('market', 'Заказ передан в доставку')
  await write('market', 'Курьер выехал')
  await write('market', 'Заказ доставлен')
  await write('customer', 'Когда вернёте деньги за кружку?')
  path = `/inbox/${await connectCabinet(desk.running, market, shop)}/${chatId}`
})

async function sendPicture(chatId: bigint, name: string): Promise<void> {
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(makePng(pictures.chippedMug))], { type: 'image/png' }), name)
  const url = `${market.url}/v2/businesses/${shop.businessId}/chats/file/send?chatId=${chatId}`
  expect((await fetch(url, { method: 'POST', headers: { 'api-key': shop.token }, body })).status).toBe(200)
}

const field = (page: OpenPage) => page.getByLabel('Ответ покупателю')
const thread = (page: OpenPage) => page.getByRole('region', { name: 'Сообщения' })

test('messages of the marketplace in a row are one line, which opens, and words are found in them, too', async () => {
  const page = await browser.open(path)
  const fold = page.getByRole('button', { name: '3 сообщения Маркета' })
  await fold.waitFor()
  await page.picture('desk-fold')
  expect(await page.getByText('Курьер выехал').count()).toBe(0)
  await fold.focus()
  await page.keyboard.press('Enter')
  await thread(page).getByText('Курьер выехал').waitFor()
  expect(await page.findings()).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('Курьер выехал').waitFor({ state: 'detached' })

  await page.keyboard.press('Control+KeyF')
  const find = page.getByLabel('Найти в этом чате')
  await find.fill('ДОСТАВ')
  await page.getByText('1 из 2').waitFor()
  const found = page.locator('[data-found]')
  expect(await found.textContent()).toBe('Заказ доставлен')
  await page.keyboard.press('Enter')
  await page.getByText('2 из 2').waitFor()
  await page.picture('desk-find')
  expect(await found.textContent()).toBe('Заказ передан в доставку')
  await find.fill('слон')
  await page.getByText('Среди загруженных нет').waitFor()
  expect(await page.findings()).toEqual([])
  await page.keyboard.press('Escape')
  await find.waitFor({ state: 'detached' })
  await fold.waitFor()
}, 120_000)

test('Space shows the pictures, arrows walk them, and where something is typed it is a space', async () => {
  const page = await browser.open(path)
  await page.getByRole('button', { name: 'второй.png' }).waitFor()
  const large = page.getByRole('dialog')
  await page.keyboard.press('Space')
  await large.getByRole('img', { name: 'второй.png' }).waitFor()
  await page.getByText('Изображение 2 из 2').waitFor()
  await page.picture('desk-picture')
  expect(await page.findings()).toEqual([])
  await page.keyboard.press('ArrowLeft')
  await large.getByRole('img', { name: 'первый.png' }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.getByText('Изображение 1 из 2').waitFor()
  await page.keyboard.press('ArrowRight')
  await large.getByRole('img', { name: 'второй.png' }).waitFor()
  await page.keyboard.press('Space')
  await large.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'первый.png' }).focus()
  await page.keyboard.press('Space')
  await large.getByRole('img', { name: 'первый.png' }).waitFor()
  await page.keyboard.press('Escape')
  await large.waitFor({ state: 'detached' })

  await field(page).pressSequentially('Уже едет')
  expect(await field(page).inputValue()).toBe('Уже едет')
  expect(await large.count()).toBe(0)
  await field(page).fill('')
}, 120_000)

test('a message is quoted where the cursor stands, by Q or its button, and what was written stays', async () => {
  const page = await browser.open(path)
  await field(page).fill('Здравствуйте!')
  await page.keyboard.press('Escape')
  await page.keyboard.press('KeyQ')
  await expect.poll(() => field(page).inputValue()).toBe('Здравствуйте!\n«Когда вернёте деньги за кружку?»\n')
  await page.keyboard.type('Завтра.')
  await expect.poll(() => field(page).inputValue()).toBe('Здравствуйте!\n«Когда вернёте деньги за кружку?»\nЗавтра.')

  await field(page).fill('')
  const first = page.getByRole('article').filter({ hasText: 'пришла с трещиной' })
  await first.hover()
  await page.picture('desk-quote')
  await first.getByRole('button', { name: 'Цитировать' }).click()
  await expect.poll(() => field(page).inputValue()).toBe('«Кружка пришла с трещиной, вот снимки»\n')
  await field(page).fill('')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Slash')
  await page.getByRole('dialog').getByText('Цитировать выделенное или сообщение').waitFor()
}, 120_000)
