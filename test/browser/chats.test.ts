import { expect, test } from 'vitest'
import { laneOf } from '../../src/market/store/lane.ts'
import { askAdminFor } from '../support/admin.ts'
import { useBrowser } from '../support/browser.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

const chatOfDemo = () => `chats/${browser.demo.customer.chatId}`

/** The shop writes into the demo's first chat. */
function say(message: string) {
  const { businessId, customer: buyer, apiKey } = browser.demo
  return ask(`${market.url}/v2/businesses/${businessId}/chats/message?chatId=${buyer.chatId}`, {
    method: 'POST',
    headers: { 'api-key': apiKey },
    json: { message },
  })
}

type Page = Awaited<ReturnType<typeof browser.open>>
const threadOf = (page: Page) => page.getByRole('region', { name: 'Сообщения' })
const publishedOf = (page: Page) => page.getByRole('complementary', { name: 'Ответы API' })
const choose = (page: Page, what: string) =>
  page
    .locator('label')
    .filter({ hasText: new RegExp(`^${what}$`) })
    .click()

test('the list tells whose move it is; keys walk it, open a chat and lead back, and what is typed is kept', async () => {
  const page = await browser.open('chats')
  const list = page.getByRole('list', { name: 'Чаты' })
  await list.getByRole('link').first().waitFor()
  expect(await page.survey('chats', () => page.locator('.chats-row').first().waitFor())).toEqual([])
  await page.setViewportSize({ width: 1400, height: 900 })

  for (const stroke of ['KeyJ', 'KeyJ', 'KeyJ', 'Enter']) await page.keyboard.press(stroke)
  const opened = await list.getByRole('link').nth(2).getAttribute('href')
  await page.waitForURL(url => opened?.startsWith(url.pathname) ?? false)
  await threadOf(page).waitFor()
  await page.keyboard.press('KeyR')
  await page.keyboard.type('Не успела')
  await page.keyboard.press('Escape')
  await page.keyboard.press('KeyJ')
  await page.waitForURL(url => opened?.startsWith(url.pathname) !== true)
  expect(await page.getByPlaceholder('Написать за покупателя').inputValue()).toBe('')
  await page.keyboard.press('KeyK')
  await page.waitForURL(url => opened?.startsWith(url.pathname) ?? false)
  await page.locator('textarea').filter({ hasText: 'Не успела' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Выберите чат').waitFor()
}, 120_000)

test('chats are filtered by status and kind and found by number; nothing found leads back', async () => {
  const page = await browser.open('chats')
  const rows = page.locator('.chats-row')
  await rows.first().waitFor()
  await page.getByRole('combobox', { name: 'Вид чата' }).click()
  await page.getByRole('option', { name: 'Споры' }).click()
  await page.waitForURL(/type=/)
  await page.getByRole('combobox', { name: 'Кого ждёт' }).click()
  await page.getByRole('option', { name: 'Ждёт арбитра' }).click()
  await page.waitForURL(/status=/)
  await page.getByText('Ждёт арбитра').first().waitFor()
  await expect.poll(() => page.locator('.chats-row:not([data-waits=waiting_for_arbiter])').count()).toBe(0)
  await page.picture('chats-filtered')

  await page.goto(`${market.url}/console/${browser.demo.businessId}/chats?text=${browser.demo.customer.chatId}`)
  await rows.first().waitFor()
  expect(await rows.count()).toBe(1)
  await page.getByRole('searchbox').fill('Такой нет')
  await page.getByText('Чатов не нашлось').waitFor()
  await page.picture('chats-none')
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
  await expect.poll(() => rows.count()).toBeGreaterThan(5)
}, 60_000)

test('what is said for the buyer, the arbiter and the Market is in the thread and in the published answers', async () => {
  const page = await browser.open(chatOfDemo())
  await threadOf(page).getByText('Это подарок').waitFor()
  await choose(page, 'getChatHistory')
  await page.keyboard.press('KeyR')
  await page.keyboard.type('Так когда же приедет кружка?')
  await page.keyboard.press('Control+Enter')
  await threadOf(page).getByText('Так когда же приедет кружка?').waitFor()
  await publishedOf(page).getByText('Так когда же приедет кружка?').waitFor()
  expect(await page.locator('textarea').first().inputValue()).toBe('')

  await page.getByRole('button', { name: 'Отправить стикер' }).click()
  await page.getByRole('button', { name: 'thanks' }).click()
  await threadOf(page).getByRole('img', { name: 'thanks' }).waitFor()
  const photo = { name: 'mug.png', mimeType: 'image/png', buffer: Buffer.from(browser.demo.photo) }
  await page.locator('input[type=file]').setInputFiles(photo)
  await threadOf(page).locator('.bubble-picture img').waitFor()
  await publishedOf(page).getByText('.png').first().waitFor()

  await choose(page, 'Маркет')
  await page.getByPlaceholder('Автоматическое сообщение Маркета').fill('Заказ передан в доставку')
  await page.getByRole('button', { name: 'Отправить', exact: true }).click()
  await threadOf(page).locator('.bubble-market').getByText('Заказ передан в доставку').waitFor()
  await choose(page, 'Арбитр')
  await page.getByRole('combobox', { name: 'Кого чат будет ждать' }).click()
  expect(await page.getByRole('option', { name: /Ждёт арбитра/ }).textContent()).toContain('только в споре')
  await page.getByRole('option', { name: 'Ждёт покупателя' }).click()
  await page.getByPlaceholder('Написать за арбитра').fill('Пришлите, пожалуйста, фото')
  await page.getByRole('button', { name: 'Отправить', exact: true }).click()
  await threadOf(page).locator('.bubble-support').getByText('Пришлите, пожалуйста, фото').waitFor()
  await page.locator('.chats-head').getByText('Ждёт покупателя').waitFor()

  await say('Завтра до 18:00')
  await threadOf(page).locator('.bubble-mine').getByText('Завтра до 18:00').waitFor()
  await publishedOf(page).getByText('Завтра до 18:00').waitFor()
  await page.picture('chats-arbiter')
  expect(await page.survey('chats-chat', () => page.locator('.bubble').last().waitFor())).toEqual([])
  await page.getByRole('button', { name: 'Показать ответы API' }).click()
  await publishedOf(page).getByText('WAITING_FOR_CUSTOMER').waitFor()
  expect(await threadOf(page).isVisible(), 'one pane at a time').toBe(false)
  await page.picture('chats-json')
  expect(await page.findings()).toEqual([])
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.getByText('Завтра до 18:00').filter({ visible: true }).first().waitFor()
  await page.picture('chats-json-of-1024')
  await publishedOf(page).getByRole('button', { name: 'Закрыть' }).click()
  await publishedOf(page).waitFor({ state: 'detached' })
}, 120_000)

test('as the shop one speaks through the published API, with a request to copy, and its refusals are told', async () => {
  const { businessId, customer } = browser.demo
  const keys = async () => {
    const path = `GET /businesses/${businessId}/keys` as const
    const { keys } = await askAdminFor<{ keys: { name: string; keyId: number }[] }>(market, path)
    return keys.filter(({ name }) => name === 'Prilavok Console')
  }
  const send = () => page.getByRole('button', { name: 'Отправить', exact: true })
  const page = await browser.open(chatOfDemo())
  await threadOf(page).waitFor()
  await choose(page, 'Магазин')
  expect(await send().getAttribute('aria-description')).toBe('Сначала напишите сообщение')
  await page.getByPlaceholder('Написать за магазин').fill("Отправим завтра, don't worry")
  const request = page.getByRole('region', { name: 'Запрос к API' })
  expect(await request.textContent()).toContain(`/chats/message?chatId=${customer.chatId}`)
  const asShop = async () => {
    if (await page.locator('.chats-request').isHidden()) await page.locator('.chats-as label').nth(1).click()
    await page.locator('.chats-request').waitFor()
  }
  expect(await page.survey('chats-shop', asShop)).toEqual([])
  await page.setViewportSize({ width: 1400, height: 900 })
  await page.getByRole('button', { name: 'Скопировать как curl' }).click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain(String.raw`don'\''t worry`)
  await send().click()
  await threadOf(page).locator('.bubble-mine').getByText('Отправим завтра').waitFor()
  await page.getByText('200 {"status":"OK"}').waitFor()

  const [key] = await keys()
  await askAdminFor(market, `DELETE /businesses/${businessId}/keys/${key?.keyId}`)
  await page.getByPlaceholder('Написать за магазин').fill('И с другим ключом')
  await send().click()
  await threadOf(page).locator('.bubble-mine').getByText('И с другим ключом').waitFor()
  expect(await keys()).toHaveLength(2)

  const admin = `POST /businesses/${businessId}/chats/${customer.chatId}` as const
  await askAdminFor(market, `${admin}/close`)
  await page.getByPlaceholder('Написать за магазин').fill('Поздно')
  await send().click()
  await page.getByRole('alert').getByText('is closed').waitFor()
  await askAdminFor(market, `${admin}/customer-messages`, { text: 'Откройте' })
  expect(browser.takeTroubles().join()).toMatch(/401.*400/s)
}, 120_000)

test('a dispute is opened with its reason and finished; what cannot be done says why', async () => {
  const page = await browser.open(chatOfDemo())
  const head = page.locator('.chats-head')
  const act = (name: string) => head.getByRole('button', { name })
  await act('Открыть спор').click()
  await page.getByRole('dialog').getByRole('textbox').fill('Товар так и не пришёл')
  await page.picture('chats-dispute')
  await page.getByRole('dialog').getByRole('button', { name: 'Открыть спор' }).click()
  await head.getByText('Ждёт арбитра').waitFor()
  await threadOf(page).getByText('Товар так и не пришёл').waitFor()
  expect(await act('Закрыть чат').getAttribute('aria-disabled')).toBe('true')
  expect(await act('Закрыть чат').getAttribute('aria-description')).toContain('Идёт спор')

  await act('Завершить спор').click()
  await head.getByText('Завершён').waitFor()
  expect(await act('Открыть спор').getAttribute('aria-description')).toContain('Спор завершён')
  await page.getByPlaceholder('Написать за покупателя').fill('И всё-таки')
  await page.keyboard.press('Control+Enter')
  await head.getByText('Ждёт магазин').waitFor()
  await act('Закрыть чат').click()
  await head.getByText('Завершён').waitFor()
  expect(await act('Закрыть чат').getAttribute('aria-description')).toContain('уже завершён')
}, 60_000)

test('a refused message keeps its text, says why, and is sent again', async () => {
  const page = await browser.open(chatOfDemo())
  await threadOf(page).waitFor()
  await page.route('**/customer-messages', route => route.abort())
  await page.keyboard.press('KeyR')
  await page.keyboard.type('Не потеряйте это')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('Сервер не отвечает').waitFor()
  await page.picture('chats-not-sent')
  expect(await page.locator('textarea').first().inputValue()).toBe('Не потеряйте это')
  await page.reload()
  await page.locator('textarea').filter({ hasText: 'Не потеряйте это' }).waitFor()
  await page.locator('textarea').first().press('Control+Enter')
  await page.getByRole('alert').waitFor()

  await page.unroute('**/customer-messages')
  await page.getByRole('button', { name: 'Отправить ещё раз' }).click()
  await threadOf(page).getByText('Не потеряйте это').waitFor()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  expect(await page.locator('textarea').first().inputValue()).toBe('')
  expect(browser.takeTroubles().join()).toContain('ERR_FAILED')
}, 60_000)

test('what was written while the connection was lost is caught up with', async () => {
  const page = await browser.open(chatOfDemo())
  await page.getByText('На связи').waitFor()
  await threadOf(page).waitFor()
  await page.context().setOffline(true)
  await page.getByText('Связь потеряна').waitFor()
  await say('Пока вас не было')
  await page.context().setOffline(false)
  await threadOf(page).getByText('Пока вас не было').waitFor()
  await page.locator('.chats-row').getByText('Пока вас не было').waitFor()
  browser.takeTroubles()
}, 60_000)

test('the buyer of a test chat is silent until the business lets them answer', async () => {
  const { businessId, campaignId } = browser.demo
  const orders = `POST /businesses/${businessId}/test-orders` as const
  const { order } = await askAdminFor<{ order: { orderId: number } }>(market, orders, { campaignId })
  const { chatId } = await askAdminFor<{ chatId: number }>(market, `${orders}/${order.orderId}/chat`)
  const page = await browser.open(`chats/${chatId}`)
  await page.locator('.chats-silent').getByRole('link', { name: 'К настройке' }).waitFor()
  await page.picture('chats-test')
  expect(await page.locator('.chats-composer textarea').count()).toBe(0)
  expect(await page.findings()).toEqual([])
  await choose(page, 'Маркет')
  await page.getByPlaceholder('Автоматическое сообщение Маркета').fill('Есть кто?')
  await choose(page, 'Покупатель')
  await page.locator('.chats-silent').waitFor()

  await page.getByRole('button', { name: 'Разрешить ответы в тестовых чатах' }).click()
  await page.locator('.chats-silent').waitFor({ state: 'detached' })
  await page.locator('textarea').first().press('Control+Enter')
  await threadOf(page).getByText('Есть кто?').waitFor()
}, 60_000)

test('older messages load as one scrolls up, and the place is kept; a new one below is told', async () => {
  const { businessId, customer: buyer } = browser.demo
  const path = `POST /businesses/${businessId}/chats/${buyer.chatId}/market-messages` as const
  for (let number = 1; number <= 130; number++) await askAdminFor(market, path, { text: `Событие ${number}` })
  const page = await browser.open(chatOfDemo())
  await threadOf(page).getByText('Событие 130').waitFor()
  expect(await threadOf(page).getByText('Это подарок').count()).toBe(0)
  const top = `document.querySelector('.thread-box article[data-mark]').getBoundingClientRect().top`
  await page.evaluate(`${thread}.querySelector('article').dataset.mark = ''; ${thread}.scrollTo({ top: 300 })`)
  const place = Number(await page.evaluate(top))
  await threadOf(page).getByText('Событие 40', { exact: true }).waitFor()
  expect(Math.abs(Number(await page.evaluate(top)) - place)).toBeLessThan(2)
  await expect
    .poll(async () => {
      await page.evaluate(`${thread}.scrollTo({ top: 0 })`)
      return threadOf(page).getByText('Это подарок').count()
    })
    .toBe(1)

  await say('Новое внизу')
  await page.getByRole('button', { name: '1 новое сообщение' }).click()
  await expect.poll(() => page.evaluate(isAtEnd)).toBe(true)
  await page.getByRole('button', { name: 'новое сообщение' }).waitFor({ state: 'detached' })
  expect(
    await threadOf(page)
      .getByText(/^Событие \d+$/)
      .count(),
  ).toBe(130)
}, 120_000)

const thread = `document.querySelector('.thread-box > section')`
const isAtEnd = `${thread}.scrollHeight - ${thread}.scrollTop - ${thread}.clientHeight < 2`
const list = `document.querySelector('.list-scroll')`

test('of 100 000 chats only those in sight are on the page, and the list keeps its place when one is opened', async () => {
  const { business } = await askAdminFor<{ business: { businessId: bigint } }>(market, 'POST /businesses', {
    name: 'Огромный',
  })
  await insertChats(BigInt(business.businessId), 100_000)
  const page = await browser.open('chats')
  await page.goto(`${market.url}/console/${business.businessId}/chats`)
  const rows = page.locator('.chats-row')
  await rows.first().waitFor()
  await expect
    .poll(
      async () => {
        await page.evaluate(`${list}.scrollTo({ top: ${list}.scrollHeight })`)
        return page.evaluate(`${list}.scrollHeight`)
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(500 * 56)
  expect(await rows.count()).toBeLessThan(60)

  await page.evaluate(`${list}.scrollTo({ top: 200 * 56 })`)
  await page.locator('li[aria-posinset="204"] a').click()
  await threadOf(page).or(page.getByText('Сообщений пока нет')).first().waitFor()
  expect(await page.evaluate(`${list}.scrollTop`)).toBe(200 * 56)
}, 120_000)

/** A hundred thousand rows at once: nobody has them by asking the server one by one. */
async function insertChats(businessId: bigint, count: number): Promise<void> {
  await market.sql`
    insert into market.chats
      (lane, business_id, chat_id, context_type, context_id, customer_id, fake, type, status, created_at, updated_at,
       changed_at, changed_in, last_message_id)
    select ${laneOf(businessId)}, ${businessId}, 900000000 + n, 'direct', n,
           (select min(customer_id) from market.customers), false, 'chat', 'waiting_for_partner', at, at, at,
           pg_current_xact_id(), 0
      from generate_series(1, ${count}::integer) n, lateral (select now() - n * interval '1 minute' as at)`
}
