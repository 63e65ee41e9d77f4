import { expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { useBrowser } from '../support/browser.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

test('what becomes of finished chats is chosen with what it means, holds at once, and a choice that fails is taken back', async () => {
  const { businessId, apiKey, customer } = browser.demo
  await askAdminFor(market, `POST /businesses/${businessId}/chats/${customer.chatId}/close`)
  const write = () =>
    ask(`${market.url}/v2/businesses/${businessId}/chats/message?chatId=${customer.chatId}`, {
      method: 'POST',
      headers: { 'api-key': apiKey },
      json: { message: 'Вы ещё здесь?' },
    })
  const page = await browser.open('overview')
  await page.getByRole('heading', { name: 'Обзор' }).waitFor()
  await page.keyboard.press('KeyG')
  await page.keyboard.press('KeyB')
  const refuses = page.getByRole('radio', { name: 'Отклонять сообщение' })
  const reopens = page.getByRole('radio', { name: 'Открывать чат снова' })
  await refuses.waitFor()
  expect([await refuses.isChecked(), (await write()).status]).toEqual([true, 400])

  await reopens.click()
  await page.waitForResponse(
    response => response.request().method() === 'GET' && response.url().endsWith(`/${businessId}`),
  )
  expect([await reopens.isChecked(), (await write()).status]).toEqual([true, 200])

  await page.route('**/admin/v1/businesses/*', (route, request) =>
    request.method() === 'PATCH' ? route.abort() : route.continue(),
  )
  await page.getByRole('radio', { name: 'Никто' }).click()
  await page.getByRole('alert').waitFor()
  await expect.poll(() => page.getByRole('radio', { name: 'Все', exact: true }).isChecked()).toBe(true)
  expect(browser.takeTroubles().join()).toContain('ERR_FAILED')

  const settled = () => page.getByRole('radio', { checked: true }).nth(1).waitFor()
  expect(await page.survey('business', settled)).toEqual([])
}, 60_000)
