import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { makeStallingProxy } from '../support/stalling-proxy.ts'
import { writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser } from './support/desk-browser.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)

test('a link signs in; a market and a key are given, what the key may is said, and the buyer who waits is there', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'Где мой заказ?')
  const link = await desk.ownerLink()
  const page = await browser.openAt(link)

  await page.getByRole('button', { name: 'Симулятор' }).waitFor()
  expect(page.url()).not.toContain('ticket')
  expect(await page.survey('desk-connect', () => page.locator('.connect-kinds').waitFor())).toEqual([])
  await page.getByRole('button', { name: 'Другой адрес' }).click()
  await page.getByLabel('Адрес').fill(market.url)
  await page.getByLabel('Api-Key', { exact: true }).fill('ACMA:wrong:key')
  await page.keyboard.press('Enter')
  await page.locator('.mantine-InputWrapper-error').waitFor()
  await page.getByLabel('Api-Key', { exact: true }).fill(shop.token)
  await page.keyboard.press('Enter')
  await page.getByText('Ключ «Ключ» работает').waitFor()
  await page.getByText('читает чаты и отвечает в них COMMUNICATION').waitFor()
  expect(await page.findings()).toEqual([])
  await page.getByRole('button', { name: 'Подключить' }).click()

  await page.getByRole('heading', { name: /загружены$/ }).waitFor()
  await page.getByRole('link', { name: 'Ко входящим' }).click()
  await page.getByRole('link', { name: /Анна.*Где мой заказ/ }).waitFor()
  expect(browser.takeTroubles().join()).toMatch(/422/)

  const again = await browser.openAt(link)
  await again.getByText('Эта ссылка больше не действует').waitFor()
  expect(await again.findings()).toEqual([])
  expect(browser.takeTroubles().join()).toMatch(/401/)
}, 120_000)

test('what a key lacks is said; the first mirror shows how far it is, is paused and resumed there and above the list', async () => {
  const shop = await makeBusiness(market)
  const chats = [await shop.makeChat(), await shop.makeChat(), await shop.makeChat()]
  for (const chatId of chats) await writeAs('customer', { market, shop, chatId }, 'Где мой заказ?')
  const slow = await makeStallingProxy(market.url)
  slow.stallAfter(`chatId=${chats[0]}`, 0)
  const page = await browser.open('/connect', {}, 'main')
  await page.getByRole('button', { name: 'Другой адрес' }).click()
  await page.getByLabel('Адрес').fill(slow.url)
  await page.getByLabel('Api-Key', { exact: true }).fill(await shop.makeKey(['all-methods:read-only']))
  await page.keyboard.press('Enter')
  await page.getByText('не может отвечать в чатах COMMUNICATION').waitFor()
  await page.getByText(/С этим ключом чаты можно читать, но нельзя отвечать/).waitFor()
  expect(await page.findings()).toEqual([])
  await page.picture('desk-connect-checked')
  await page.getByRole('button', { name: 'Подключить' }).click()

  await page.getByText('Загружено 2 из 3 чатов').waitFor()
  await page.getByRole('row', { name: /Сообщения чата \d+ из/ }).waitFor()
  expect(await page.survey('desk-first-mirror', () => page.locator('.connect-reading').waitFor())).toEqual([])
  await page.getByRole('button', { name: 'Приостановить' }).click()
  await page.getByRole('heading', { name: /на паузе/ }).waitFor()
  slow.flow()
  await page.goto(`${desk.url}/desk/settings/cabinets`)
  await page.getByText('чатов: 2 из 3 · всего запросов: 4, примерно 1 минута').waitFor()
  await page.getByRole('link', { name: 'Загрузить чаты в первый раз' }).click()
  await page.getByRole('link', { name: 'Сразу ко входящим' }).click()
  await page.getByText(/Первая загрузка чатов на паузе: 2 из 3/).waitFor()
  await page.picture('desk-first-mirror-paused')
  expect(await page.findings()).toEqual([])
  await page.getByRole('button', { name: 'Возобновить' }).click()

  await page.getByRole('button', { name: 'Возобновить' }).waitFor({ state: 'detached' })
  await expect.poll(() => page.getByRole('link', { name: /Где мой заказ/ }).count()).toBe(3)
}, 120_000)

test('an e-mail address and a password sign in, a wrong password is explained, and who is signed out sees nothing', async () => {
  const page = await browser.open('/settings/account')
  await page.getByLabel('Новый пароль').fill('a long password')
  await page.getByRole('button', { name: 'Задать пароль' }).click()
  await page.getByText('Пароль задан').waitFor()
  await page.getByRole('button', { name: /Вы и этот браузер/ }).click()
  const email = (await page.getByRole('menu').textContent())?.match(/[\w.-]+@[\w.-]+/)?.[0] ?? ''
  await page.getByRole('menuitem', { name: 'Выйти' }).click()

  await page.getByLabel('Почта').fill(email)
  await page.locator('input[type=password]').fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByText('Почта или пароль не подходят').waitFor()
  await page.locator('input[type=password]').fill('a long password')
  await page.keyboard.press('Enter')
  await page.locator('#page').waitFor()
  browser.takeTroubles()
}, 120_000)
