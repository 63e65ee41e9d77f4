import { beforeAll, expect, test } from 'vitest'
import type { ChatId } from '#contract'
import type { OpenPage } from '../support/browser.ts'
import { makeBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { inRussian, useDeskBrowser } from './support/desk-browser.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)
let cabinetId: bigint
const chats: ChatId[] = []

beforeAll(async () => {
  const shop = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, shop)
  for (const text of ['Первый вопрос', 'Второй вопрос']) {
    const chatId = await shop.makeChat()
    await writeAs('customer', { market, shop, chatId }, text)
    chats.push(chatId)
  }
})

const keyOf = (page: OpenPage, act: string) => page.getByRole('button', { name: new RegExp(`^${act}: .*Изменить$`) })
const isOpen = (page: OpenPage, chatId: ChatId | undefined) =>
  expect.poll(() => new URL(page.url()).pathname).toBe(`/desk/inbox/${cabinetId}/${chatId}`)

test('other keys are chosen by pressing them, what is taken is said, and they work everywhere the account is', async () => {
  const page = await browser.open('/settings/keys')
  const press = await inRussian(page)
  await keyOf(page, 'Цитировать.*').click()
  await page.getByText('Нажмите клавиши…').waitFor()
  await press({ code: 'KeyY', key: 'н' })
  await page.getByRole('button', { name: /^Цитировать.*: Y\. Изменить/ }).waitFor()

  await keyOf(page, 'Следующий чат').click()
  await page.keyboard.press('KeyK')
  await page.getByRole('alert').getByText('K уже занято: «Предыдущий чат».').waitFor()
  await page.getByRole('button', { name: 'Следующий чат: J. Изменить' }).waitFor()
  expect(await page.findings()).toEqual([])
  await page.picture('desk-keys-taken')
  await page.getByRole('button', { name: 'Поменять местами' }).click()
  await page.getByRole('button', { name: 'Предыдущий чат: J. Изменить' }).waitFor()

  await keyOf(page, 'Перейти: Споры').click()
  await page.keyboard.press('KeyG')
  await page.getByText('G …').waitFor()
  await page.keyboard.press('KeyX')
  await page.getByRole('button', { name: 'Перейти: Споры: G X. Изменить' }).waitFor()
  await keyOf(page, 'Ответ не нужен').click()
  await page.keyboard.press('Control+KeyC')
  await page.getByText('Ctrl + C нужно самому браузеру').waitFor()
  await keyOf(page, 'Ответ не нужен').click()
  await page.keyboard.press('Escape')
  await page.getByText('Нажмите клавиши…').waitFor({ state: 'detached' })

  const elsewhere = await browser.open('/inbox')
  await elsewhere.getByRole('link', { name: 'Первый вопрос' }).click()
  const field = elsewhere.getByLabel('Ответ покупателю')
  await field.waitFor()
  await elsewhere.keyboard.press('KeyQ')
  await elsewhere.keyboard.press('KeyY')
  await expect.poll(() => field.inputValue()).toBe('«Первый вопрос»\n')
  await field.fill('')
  await elsewhere.keyboard.press('Escape')
  await elsewhere.keyboard.press('KeyK')
  await isOpen(elsewhere, chats[1])
  await elsewhere.keyboard.press('KeyJ')
  await isOpen(elsewhere, chats[0])
  await elsewhere.keyboard.press('Shift+Slash')
  const line = elsewhere.getByRole('dialog').locator('div', { has: elsewhere.getByText('Предыдущий чат') })
  await expect.poll(() => line.last().textContent()).toBe('Предыдущий чатJ')
  await elsewhere.keyboard.press('Escape')
  await elsewhere.keyboard.press('Control+KeyK')
  await elsewhere.keyboard.type('Споры')
  await elsewhere.getByRole('option', { name: 'Перейти: Споры G X' }).waitFor()
  await elsewhere.keyboard.press('Escape')
  await elsewhere.getByRole('dialog').waitFor({ state: 'detached' })
  await elsewhere.keyboard.press('KeyG')
  await elsewhere.keyboard.press('KeyX')
  await expect.poll(() => elsewhere.url()).toContain('view=disputes')

  await page.getByRole('button', { name: /^Вернуть клавиши: Цитировать/ }).click()
  await page.getByRole('button', { name: /^Цитировать.*: Q\. Изменить/ }).waitFor()
  await page.getByRole('button', { name: 'Сбросить все клавиши' }).click()
  await page.getByRole('button', { name: 'Следующий чат: J. Изменить' }).waitFor()
}, 120_000)

test('every key that works in a chat can be changed, and single keys can be switched off', async () => {
  const page = await browser.open('/inbox')
  await page.getByRole('link', { name: 'Первый вопрос' }).click()
  await page.getByLabel('Ответ покупателю').waitFor()
  await page.keyboard.press('Shift+Slash')
  await page.locator('.keys-list dt').first().waitFor()
  const shown = await page.locator('.keys-list dt').allTextContents()
  await page.goto(`${desk.url}/desk/settings/keys`)
  await page.getByRole('heading', { name: 'Везде' }).waitFor()

  const settable = await page.locator('.keys-table tbody th').allTextContents()
  expect(shown.filter(act => !settable.includes(act))).toEqual([])
  expect(settable.length - shown.length).toBe(1) // pictures, which this chat has not

  expect(await page.survey('desk-keys', () => page.locator('.keys-table').first().waitFor())).toEqual([])
  await page.getByRole('switch').focus()
  // It is shown as switched before the desk has heard of it.
  const kept = page.waitForResponse(response => response.request().method() === 'PUT')
  await page.keyboard.press('Space')
  await kept
  await expect.poll(() => page.getByRole('switch').isChecked()).toBe(true)
  // From a page that shows what the desk has kept: before it is read, keys work.
  await page.reload()
  await expect.poll(() => page.getByRole('switch').isChecked(), { timeout: 30_000 }).toBe(true)
  await page.getByRole('link', { name: 'Входящие' }).first().click()
  await page.getByRole('link', { name: 'Первый вопрос' }).waitFor()
  await page.keyboard.press('KeyU')
  await page.keyboard.press('Control+KeyK')
  await page.getByRole('dialog').waitFor()
  expect(new URL(page.url()).pathname).toBe('/desk/inbox')
}, 120_000)
