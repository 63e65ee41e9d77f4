import { expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { useBrowser } from '../support/browser.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

test('a test order is made and its chat opened', async () => {
  const page = await browser.open('test-orders')
  await page.getByRole('button', { name: 'Новый тестовый заказ' }).first().click()
  await page.getByLabel('Имя покупателя').fill('Анна')
  await page.picture('test-orders-new')
  await page.getByRole('button', { name: 'Создать заказ' }).click()
  await page.getByRole('button', { name: 'Открыть чат' }).first().click()
  await page.waitForURL(/\/chats\/\d+$/)
  expect(await page.findings()).toEqual([])

  await page.goBack()
  const row = page.getByRole('row').filter({ hasText: 'Анна' })
  await row.getByRole('button', { name: 'Удалить заказ' }).click()
  await page.picture('test-orders-remove')
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click()
  await row.waitFor({ state: 'detached' })
  await page.goForward()
  await page.getByText('Такого чата нет').waitFor()
  await page.picture('chats-missing')
  expect(await page.getByRole('main').getByRole('alert').count()).toBe(0)
  expect(await page.getByRole('complementary').count()).toBe(0)
  expect(browser.takeTroubles().join()).toContain('404 (Not Found)')
})

test('test orders are readable in every look', async () => {
  const { businessId, campaignId } = browser.demo
  await askAdminFor(market, `POST /businesses/${businessId}/test-orders`, { campaignId })
  const page = await browser.open('test-orders')

  expect(await page.survey('test-orders', () => page.getByRole('grid').waitFor())).toEqual([])
}, 120_000)

test('a business without shops makes its first on the way', async () => {
  const { business } = await askAdminFor<{ business: { businessId: number } }>(market, 'POST /businesses', {
    name: 'Новый',
  })
  const page = await browser.open('keys')
  await page.goto(`${market.url}/console/${business.businessId}/test-orders`)
  await page.locator('.empty').getByRole('button').click()
  await page.getByLabel('Название магазина').fill('Лавка')
  await page.getByRole('button', { name: 'Создать заказ' }).click()

  await page.getByRole('row').getByText('Лавка').waitFor()
})

test('of many test orders only those in sight are drawn, and End leads on', async () => {
  const { businessId, campaignId } = browser.demo
  await Promise.all(
    Array.from({ length: 130 }, () =>
      askAdminFor(market, `POST /businesses/${businessId}/test-orders`, { campaignId }),
    ),
  )
  const page = await browser.open('test-orders')
  const grid = page.getByRole('grid')
  await grid.waitFor()
  await grid.focus()
  await page.keyboard.press('End')
  await page.locator('[role=grid][aria-rowcount="101"]').waitFor()
  await page.keyboard.press('End')
  await page.locator('[aria-rowindex="101"]').waitFor()

  expect(await page.getByRole('row').count()).toBeLessThan(50)
  expect(await page.locator('[data-active]').getAttribute('id')).toBe(await grid.getAttribute('aria-activedescendant'))
})
