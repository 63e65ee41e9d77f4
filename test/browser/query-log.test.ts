import { expect, test } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

/** Calls the published API as the demo's integration does. */
function call(path: string, json: unknown = {}) {
  const { businessId, apiKey } = browser.demo
  const headers = { 'api-key': apiKey }
  return ask(`${market.url}/v2/businesses/${businessId}${path}`, { method: 'POST', headers, json })
}

test('an empty log says what will be here, and a request appears in it by itself with both bodies', async () => {
  const page = await browser.open('query-log')
  await page.getByRole('heading', { name: 'Запросов пока нет' }).waitFor()
  expect(await page.findings()).toEqual([])

  await call(`/chats/message?chatId=${browser.demo.customer.chatId}`, { message: 'Заказ уже в пути' })
  await call('/chats/history?chatId=999999', { limit: 5, note: 1 })
  const warned = page.getByRole('row', { name: /getChatHistory 2 поля, неизвестных API/ })
  await warned.click()
  const ignored = page.getByRole('region', { name: 'Этих полей в API нет, они пропущены:' })
  await ignored.getByText('body.limit — в API есть query.limit').waitFor()
  expect(await page.findings()).toEqual([])
  await page.getByRole('row', { name: /sendMessageToChat/ }).click()

  const details = page.getByRole('complementary', { name: 'sendMessageToChat' })
  await details.getByText('Заказ уже в пути').waitFor()
  await details.getByText('"OK"').waitFor()
  expect(await page.content()).not.toContain(browser.demo.apiKey)
  const ready = () => page.getByRole('row', { name: /getChatHistory/ }).waitFor()
  expect(await page.survey('query-log', ready)).toEqual([])
}, 90_000)

test('what is looked for stands in the address, and nothing found says how far back it looked', async () => {
  await call('/chats')
  const page = await browser.open('query-log')
  await page.getByRole('row', { name: /getChats/ }).waitFor()
  await page.keyboard.press('Slash')
  await page.keyboard.type('такого нет')
  await page.getByText('Ничего не нашлось').waitFor()

  expect(new URL(page.url()).searchParams.get('text')).toBe('такого нет')
  await page.getByText('Просмотрены запросы').waitFor()
  expect(await page.findings()).toEqual([])
  await page.getByRole('main').getByRole('button', { name: 'Сбросить фильтры' }).last().click()
  await page.getByRole('row', { name: /getChats/ }).waitFor()
}, 60_000)

test('a hundred thousand requests are a few rows of the page', async () => {
  const { businessId } = browser.demo
  await market.sql`
    insert into market.requests (lane, business_id, at, request_id, key_id, operation, method, path, status, duration_ms, trace_id, is_cut, text_bytes)
    select market.lane_of(${businessId}), ${businessId}, now() - g * interval '1 second', g,
           (select min(key_id) from market.api_keys where business_id = ${businessId}), 'getCampaign', 'GET', '/v2/many', 200, 3,
           gen_random_uuid(), false, 20
      from generate_series(1, 100000) g`
  const page = await browser.open('query-log')
  await page
    .getByRole('row', { name: /getCampaign / })
    .first()
    .waitFor()
  const grid = page.getByRole('grid')
  for (let times = 0; times < 30; times++) {
    await grid.focus()
    await page.keyboard.press('End')
  }
  await page.getByRole('row').first().waitFor()

  const shown = await page.getByRole('row').count()
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(300)
  expect(shown).toBeLessThan(80)
}, 90_000)
