import { expect, test } from 'vitest'
import { parseJson } from '#contract'
import { useBrowser } from '../support/browser.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

/** What the shop's API has of the demo's first chat. */
async function readHistory() {
  const { businessId, apiKey, customer: buyer } = browser.demo
  const reply = await ask(`${market.url}/v2/businesses/${businessId}/chats/history?chatId=${buyer.chatId}`, {
    method: 'POST',
    headers: { 'api-key': apiKey },
    json: {},
  })
  const parsed = parseJson(reply.text)
  return parsed.ok
    ? JSON.stringify(parsed.value, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))
    : ''
}

function say(message: string) {
  const { businessId, customer: buyer, apiKey } = browser.demo
  return ask(`${market.url}/v2/businesses/${businessId}/chats/message?chatId=${buyer.chatId}`, {
    method: 'POST',
    headers: { 'api-key': apiKey },
    json: { message },
  })
}

const chatOfDemo = () => `phone/${browser.demo.customer.chatId}?buyer=demo-buyer-1`

test('the buyer writes, sends a sticker and a photo, and the shop reads them; the answer arrives by itself', async () => {
  const page = await browser.open(chatOfDemo())
  const phone = page.getByRole('region', { name: /Телефон/ })
  await phone.getByText('Это подарок').waitFor()
  await phone.getByRole('textbox').fill('Так когда же?')
  await page.keyboard.press('Enter')
  await phone.getByRole('article').getByText('Так когда же?').waitFor()
  expect(await phone.getByRole('textbox').inputValue()).toBe('')

  await phone.getByRole('button', { name: 'Отправить стикер' }).click()
  await page.getByRole('button', { name: 'thanks' }).click()
  await phone.getByRole('img', { name: 'thanks' }).waitFor()

  const photo = { name: 'mug.png', mimeType: 'image/png', buffer: Buffer.from(browser.demo.photo) }
  await page.locator('input[type=file]').setInputFiles(photo)
  await phone.locator('.bubble-picture img').waitFor()

  expect(await readHistory()).toMatch(/Так когда же\?.*🙏.*\.png/)
  await say('Завтра до 18:00')
  await phone.getByText('Завтра до 18:00').waitFor()
  expect(await page.survey('phone-chat', () => page.getByText('Завтра до 18:00').waitFor())).toEqual([])
}, 120_000)

test('a refused message keeps its text and says why', async () => {
  const page = await browser.open(chatOfDemo())
  await page.getByText('Это подарок').waitFor()
  await page.route('**/messages', route => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await page
    .getByRole('region', { name: /Телефон/ })
    .getByRole('textbox')
    .fill('Не потеряйте это')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').first().waitFor()

  expect(
    await page
      .getByRole('region', { name: /Телефон/ })
      .getByRole('textbox')
      .inputValue(),
  ).toBe('Не потеряйте это')
  expect(browser.takeTroubles().join()).toContain('ERR_FAILED')
}, 60_000)

test('a dispute is opened with its reason, and cannot be opened twice', async () => {
  const page = await browser.open('phone')
  await page.getByRole('combobox').or(page.getByLabel('Чей телефон')).first().waitFor()
  expect(await page.survey('phone', () => page.getByRole('listitem').first().waitFor())).toEqual([])
  await page.goto(`${market.url}/console/${browser.demo.businessId}/${chatOfDemo()}`)
  await page.getByRole('button', { name: 'Открыть спор' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Товар так и не пришёл')
  await page.getByRole('dialog').getByRole('button', { name: 'Открыть спор' }).click()
  await page.getByText('Спор · Ждёт арбитра').waitFor()

  expect(await page.getByRole('button', { name: 'Открыть спор' }).getAttribute('aria-disabled')).toBe('true')
  expect(await readHistory()).toContain('Товар так и не пришёл')
}, 120_000)
