import { expect, test } from 'vitest'
import { usePages } from '../support/browser.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const pages = usePages(market)
const open = (path: string, look = {}) => pages.openAt(`${market.url}/guide${path}`, look)

test('a page can be read by everybody, in light and dark, on a phone, and without a script', async () => {
  const page = await open('/ru/notifications')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.findings()).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.picture('guide-page')
  expect(await page.findings()).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)

  const bare = await page.context().browser()?.newContext({ javaScriptEnabled: false, colorScheme: 'dark' })
  const plain = await bare?.newPage()
  await plain?.goto(`${market.url}/guide/en/testing`)
  const background = await plain?.evaluate('getComputedStyle(document.body).backgroundColor')
  expect(await plain?.getByRole('navigation', { name: 'Contents' }).isVisible()).toBe(true)
  expect(await plain?.getByRole('button').count()).toBe(0)
  expect(background).toMatch(/^oklch\(0\.17 /)
  await bare?.close()
}, 180_000)

test('the search is opened by a key of any layout, finds what is meant, and leads there', async () => {
  const page = await open('/ru/')
  await page.keyboard.press('Slash')
  const field = page.getByRole('combobox')
  await field.pressSequentially('подписка отключается')
  await page.getByRole('option').first().waitFor()
  await page.picture('guide-search')
  expect(await page.findings()).toEqual([])

  await field.press('Enter')
  await page.getByRole('heading', { name: 'Если программа недоступна' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/guide/ru/notifications')
}, 120_000)

test('what is copied of a session at a terminal are its commands; light and dark are chosen once', async () => {
  const page = await open('/en/five-minutes', { language: 'en' })
  await page.getByRole('button', { name: 'Copy' }).first().click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^git clone .*\ncd prilavok\nnpm start$/)

  await page.getByRole('button', { name: 'Light or dark' }).click()
  await page.getByRole('link', { name: 'Receiving notifications' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Receiving notifications' }).waitFor()
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
}, 120_000)

test('on a phone the contents open and close by hand and by key', async () => {
  const page = await open('/en/', { language: 'en', width: 390, height: 844 })
  const side = page.getByRole('navigation', { name: 'Contents' })
  await page.getByRole('button', { name: 'Menu' }).click()
  await side.getByRole('link', { name: 'The desk' }).waitFor()
  await page.picture('guide-menu')
  expect(await page.findings()).toEqual([])

  await page.keyboard.press('Escape')
  await side.waitFor({ state: 'hidden' })
}, 120_000)
