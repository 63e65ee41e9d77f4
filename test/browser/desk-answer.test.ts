import { beforeAll, expect, test } from 'vitest'
import type { ChatId } from '#contract'
import type { OpenPage } from '../support/browser.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, readShopTexts, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { inRussian, useDeskBrowser, watchShifts } from './support/desk-browser.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)
let shop: TestBusiness
let cabinetId: bigint

beforeAll(async () => {
  shop = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, shop)
})

async function ask(text: string): Promise<ChatId> {
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, text)
  return chatId
}

const rowOf = (page: OpenPage, text: string) => page.getByRole('link', { name: text })
/** At its edge: what says that chats have moved lies over the middle of the first row. */
const openRow = (page: OpenPage, text: string) => rowOf(page, text).click({ position: { x: 8, y: 8 } })
const field = (page: OpenPage) => page.getByLabel('Ответ покупателю')
const openAt = (page: OpenPage, chatId: ChatId) =>
  expect.poll(() => new URL(page.url()).pathname).toBe(`/desk/inbox/${cabinetId}/${chatId}`)
const shopTexts = (chatId: ChatId) => readShopTexts(market, chatId)

test('with the keyboard alone, in QWERTY: to who waits longest, a canned reply, and on to the next chat', async () => {
  const [first, second] = [await ask('Первый вопрос'), await ask('Второй вопрос')]
  await desk.sql`
    insert into desk.canned_replies (cabinet_id, reply_id, folder, title, text)
    values (${cabinetId}, gen_random_uuid(), 'Доставка', 'Едет', '{имя}, заказ едет')`
  const page = await browser.open('/inbox')
  await rowOf(page, 'Второй вопрос').waitFor()

  await page.keyboard.press('KeyU')
  await openAt(page, first)
  await page.getByRole('region', { name: 'Сообщения' }).getByText('Первый вопрос').waitFor()
  await page.keyboard.press('KeyR')
  await page.keyboard.type('/ед')
  await page.getByRole('option', { name: 'Едет' }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => field(page).inputValue()).toBe('Анна, заказ едет')
  await page.keyboard.press('Control+Shift+Enter')

  await openAt(page, second)
  await expect.poll(() => shopTexts(first)).toEqual(['Анна, заказ едет'])
}, 120_000)

test('in ЙЦУКЕН the same keys do the same', async () => {
  const [first, second] = [await ask('Третий вопрос'), await ask('Четвёртый вопрос')]
  const page = await browser.open('/inbox?view=all')
  await rowOf(page, 'Четвёртый вопрос').waitFor()
  await openRow(page, 'Третий вопрос')
  await openAt(page, first)
  await field(page).waitFor()
  const press = await inRussian(page)

  await press({ code: 'KeyR', key: 'к' })
  await expect.poll(() => field(page).evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
  await page.keyboard.insertText('Уже едет')
  await press({ code: 'Enter', key: 'Enter' })
  await expect.poll(() => shopTexts(first)).toEqual(['Уже едет'])
  await page.keyboard.press('Escape')
  await press({ code: 'KeyE', key: 'у' })
  await press({ code: 'KeyU', key: 'г' })
  await expect.poll(() => new URL(page.url()).pathname).not.toBe(`/desk/inbox/${cabinetId}/${first}`)
  // Keys go on to work in the chat that comes: its field takes no focus that nobody has asked for.
  await page.getByRole('region', { name: 'Сообщения' }).getByText('вопрос').waitFor()
  await field(page).waitFor()
  await press({ code: 'KeyE', key: 'у' })
  await page.getByRole('button', { name: 'Ответ нужен', exact: true }).waitFor()
  await openRow(page, 'Четвёртый вопрос')
  await openAt(page, second)
  await page.getByRole('region', { name: 'Сообщения' }).getByText('Четвёртый вопрос').waitFor()
  await press({ code: 'KeyE', key: 'у' })

  await page.getByRole('button', { name: 'Ответ нужен', exact: true }).waitFor()
}, 120_000)

test('an answer is taken back with its text from another chat, and the buyer never has it', async () => {
  const [first, second] = [await ask('Пятый вопрос'), await ask('Шестой вопрос')]
  const page = await browser.open('/settings/account')
  await page.getByText('Отправку можно отменить в течение 5 секунд').waitFor()
  await page.getByRole('slider').focus()
  await page.keyboard.press('End')
  await page.getByText('Отправку можно отменить в течение 30 секунд').waitFor()
  await page.goto(`${desk.url}/desk/inbox/${cabinetId}/${first}?view=all`)
  await field(page).fill('Ой, не туда')
  await page.keyboard.press('Enter')
  await page.getByText('уйдёт через').waitFor()
  await openRow(page, 'Шестой вопрос')
  await openAt(page, second)
  await field(page).waitFor()

  await page.keyboard.press('Control+KeyZ')

  await openAt(page, first)
  await expect.poll(() => field(page).inputValue()).toBe('Ой, не туда')
  await page.getByText('уйдёт через').waitFor({ state: 'detached' })
  expect(await shopTexts(first)).toEqual([])
}, 120_000)

test('what the buyer writes meanwhile is shown before the answer leaves, and it goes when its writer has looked', async () => {
  const chatId = await ask('Седьмой вопрос')
  const page = await browser.open(`/inbox/${cabinetId}/${chatId}`)
  await page.getByRole('region', { name: 'Сообщения' }).getByText('Седьмой вопрос').waitFor()
  await field(page).fill('Отвечаю на седьмой')
  const shifts = await watchShifts(page)
  await writeAs('customer', { market, shop, chatId }, 'Вопрос снят')
  await page.getByText('Покупатель дописал 1 сообщение').waitFor()
  await page.getByText('Новое с тех пор, как вы открыли чат').waitFor()
  expect(await page.findings()).toEqual([])

  await page.keyboard.press('Enter')
  await expect.poll(() => browser.takeTroubles().join()).toMatch(/409/)
  expect(await shopTexts(chatId)).toEqual([])
  await page.getByRole('button', { name: 'Показать' }).click()
  await page.getByText('Покупатель дописал').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Отправить', exact: true }).click()
  await page.getByRole('button', { name: /Отменить · \d+ с/ }).waitFor()
  expect(await shifts()).toBeLessThan(0.1)
}, 120_000)

test('offline is said, what is typed stays, and after it the list is right without loading again', async () => {
  const chatId = await ask('Восьмой вопрос')
  const page = await browser.open(`/inbox/${cabinetId}/${chatId}?view=all`)
  await field(page).waitFor()
  await page.getByText('На связи').waitFor()
  await page.context().setOffline(true)
  await page.getByText('Нет связи: на экране').waitFor()
  await field(page).fill('Написано без связи')
  await page.getByText('ничего не пропадёт').waitFor()
  const later = await ask('Пока вас не было')
  await page.context().setOffline(false)

  await rowOf(page, 'Пока вас не было').waitFor()
  await page.getByText('На связи').waitFor()
  expect(await field(page).inputValue()).toBe('Написано без связи')
  await openRow(page, 'Пока вас не было')
  await openAt(page, later)
  browser.takeTroubles()
}, 120_000)

test('on a phone one pane at a time has an address of its own: the list, the chat, what is known about it', async () => {
  const chatId = await ask('Вопрос с телефона')
  const page = await browser.open('/inbox?view=all', { width: 390, height: 844 })
  await openRow(page, 'Вопрос с телефона')
  await openAt(page, chatId)
  await field(page).fill('Ответ с телефона')
  await page.getByRole('button', { name: 'Отправить', exact: true }).click()
  await page.getByText('уйдёт через').waitFor()
  await page.getByRole('button', { name: 'О чате' }).click()
  await page.getByRole('complementary', { name: 'О чате' }).waitFor()
  expect(page.url()).toContain('panel=context')
  expect(await page.findings()).toEqual([])
  await page.goBack()

  await field(page).waitFor()
  await page.getByRole('button', { name: 'Назад' }).click()
  await rowOf(page, 'Ответ с телефона').or(rowOf(page, 'Вопрос с телефона')).waitFor()
}, 120_000)
