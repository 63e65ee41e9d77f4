import { expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { seeSaid, useBrowser } from '../support/browser.ts'
import { makeBusiness } from '../support/business.ts'
import { askLabFor } from '../support/lab.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })
const browser = useBrowser(market)

test('a pressed scenario says what it did, its buyer is in the list, its chat a click away', async () => {
  const { business } = await askAdminFor<{ business: { businessId: number } }>(market, 'POST /businesses', {
    name: 'Пусто',
  })
  const page = await browser.open('lab')
  await page.goto(`${market.url}/console/${business.businessId}/lab`)
  await page.getByText('Пока никто не пишет').waitFor()
  expect(await page.survey('lab-empty', () => page.locator('.scenario').first().waitFor())).toEqual([])

  const demo = await browser.open('lab', { width: 1400 })
  await demo.getByRole('button', { name: 'Покупатель спрашивает, где заказ' }).click()
  const log = demo.getByRole('log')
  await log.getByText('терпеливый, где заказ').waitFor()
  await demo
    .getByRole('row', { name: /терпеливый · где заказ/ })
    .first()
    .waitFor()
  await demo.picture('lab-played')
  await log.getByRole('link', { name: /^Чат \d+/ }).click()
  await demo.waitForURL(/\/chats\/\d+$/)
}, 90_000)

test('pressed in the console, a buyer writes, the shop is told, and the delivery is in its table', async () => {
  const { businessId } = browser.demo
  const receiver = await makeReceiver()
  const { subscriptionId } = await subscribe(market.sql, browser.demo, { url: receiver.url })
  const page = await browser.open('lab')
  await page.getByRole('button', { name: 'Прислали не тот размер' }).click()
  const [first] = await receiver.arrived(1)
  await page.goto(`${market.url}/console/${businessId}/notifications?chatId=${first?.body.chatId}`)

  await page
    .getByRole('row', { name: /Доставлено.*Отправлено сообщение/ })
    .first()
    .waitFor()
  // Else a clock that goes two weeks ahead waits for 465 attempts of each delivery: this receiver ends with this test.
  await askAdminFor(market, `DELETE /businesses/${businessId}/subscriptions/${subscriptionId}`)
}, 60_000)

test('a buyer is sent by persona and intent, and stopped', async () => {
  const page = await browser.open('lab')
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Отправить покупателя' }).click()
  await dialog.getByRole('combobox', { name: 'Кто' }).click()
  await page.getByRole('option', { name: 'сердитый' }).click()
  await dialog.getByRole('combobox', { name: 'Зачем пишет' }).click()
  await page.getByRole('option', { name: 'документы' }).click()
  await dialog.getByLabel('Зерно').fill('42')
  await page.picture('lab-new-buyer')
  expect(await page.findings()).toEqual([])
  await dialog.getByRole('button', { name: 'Отправить', exact: true }).click()
  const row = page.getByRole('row', { name: /сердитый · документы/ })
  await row.waitFor()
  const stopped = page.getByText('больше не отвечает; чат остался')
  await seeSaid(stopped, () => row.getByRole('button', { name: /^Остановить/ }).click())
  await row.waitFor({ state: 'detached' })

  await page.getByRole('switch', { name: 'Отвечать и в тестовых чатах' }).click()
  await page.locator('input[role=switch]:checked').waitFor()
  const { buyers } = await askLabFor<{ buyers: { persona: string }[] }>(
    market,
    `GET /buyers?businessId=${browser.demo.businessId}`,
  )
  expect(buyers.map(({ persona }) => persona)).not.toContain('angry')
}, 60_000)

test('a fault is made, shown with its budget and the time left, and removed', async () => {
  const page = await browser.open('lab')
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Новый сбой' }).click()
  await dialog.getByText('Уведомления', { exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Что' }).click()
  await page.getByRole('option', { name: 'Задержка' }).click()
  await dialog.getByLabel('На сколько').waitFor()
  await page.picture('lab-new-fault')
  expect(await page.findings()).toEqual([])
  await dialog.getByRole('button', { name: 'Включить' }).click()
  const faults = page.getByRole('region', { name: 'Сбои' })
  await faults.getByText('0 из 10').waitFor()
  await faults.getByText(/закончится через/).waitFor()

  await faults.getByRole('button', { name: 'Убрать: Задержка' }).click()
  await faults.getByText('Сбои не включены').waitFor()

  await page.getByRole('button', { name: 'Новый сбой' }).click()
  await dialog.getByRole('combobox', { name: 'Что' }).click()
  await page.getByRole('option', { name: 'Отказ', exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Ответ' }).fill('scope')
  await page.getByRole('option', { name: /^403 .*scope/i }).click()
  await page.picture('lab-new-refusal')
  expect(await page.findings()).toEqual([])
  await dialog.getByRole('button', { name: 'Включить' }).click()
  await faults.getByText(/Запросы магазина · 403 .*scope/i).waitFor()
  const { faults: made } = await askLabFor<{ faults: { fault: string }[] }>(market, 'GET /faults')
  await askLabFor(market, 'DELETE /faults')
  expect(made).toMatchObject([{ fault: 'refuse', refusal: 'noScope' }])
}, 60_000)

test('what a program met and never met is on a page, where the rest can be provoked', async () => {
  const { businessId } = browser.demo
  const shop = await makeBusiness(market)
  await askLabFor(market, 'DELETE /coverage')
  const page = await browser.open('coverage')
  await page.getByText('Пока ничего не встретилось').waitFor()

  await shop.call('/chat?chatId=404404')
  await shop.call('/chats/message?chatId=404404', { message: 'да' })
  await page.goto(`${market.url}/console/${businessId}/coverage`)
  const settle = () => page.getByText("Can't find chat by id: 33").waitFor()
  await settle()
  expect(await page.survey('coverage', settle)).toEqual([])
  await seeSaid(page.getByText(/^(Готово|Prepared):/), () =>
    page
      .getByRole('button', { name: /^(Вызвать|Provoke)$/ })
      .first()
      .click(),
  )
  const { faults } = await askLabFor<{ faults: { fault: string }[] }>(market, 'GET /faults')
  await askLabFor(market, 'DELETE /faults')
  expect(faults).toMatchObject([{ fault: 'answer-420', businessId: Number(businessId) }])
}, 120_000)

test('the clock goes two weeks ahead by a press, and a snapshot brings it back', async () => {
  const page = await browser.open('lab')
  await page.getByLabel('Название снимка').fill('Плохо/')
  await page.getByText('Буквы, цифры, пробелы').waitFor()
  await page.getByLabel('Название снимка').fill('До распродажи')
  await page.getByRole('button', { name: 'Сделать' }).click()
  await page.getByText('До распродажи', { exact: true }).waitFor()

  const held = Promise.withResolvers<void>()
  await page.route('**/clock/advance', route => held.promise.then(() => route.continue()))
  await page.getByRole('button', { name: '+2 недели' }).click()
  await page.getByRole('progressbar').waitFor()
  await page.picture('lab-advancing')
  expect(await page.findings()).toEqual([])
  held.resolve()
  await page.getByText(/^Часы переведены на 14 дней/).waitFor()
  await page.getByText(/Впереди на 14 дней/).waitFor()
  await askLabFor(market, 'POST /scenarios/burst-of-buyers', { businessId: browser.demo.businessId, seed: 3 })
  await askLabFor(market, 'POST /faults', {
    target: 'api',
    fault: 'answer-500',
    operation: 'getChats',
    probability: 0.5,
  })
  await askLabFor(market, 'POST /faults', { target: 'notification', fault: 'duplicate', budget: 3 })
  const settle = async () => {
    await page.locator('.lab-buyers [role=row]').nth(3).waitFor()
    await page.locator('.lab-list li').nth(2).waitFor()
  }
  expect(await page.survey('lab', settle)).toEqual([])
  await page.getByRole('region', { name: 'Снимки' }).scrollIntoViewIfNeeded()
  await page.picture('lab-bottom')

  await page.getByRole('button', { name: 'Восстановить', exact: true }).click()
  await page.getByText('Восстановить снимок «До распродажи»?').waitFor()
  await page.picture('lab-restore')
  const restore = page.getByRole('dialog').getByRole('button', { name: 'Восстановить', exact: true })
  await seeSaid(page.getByText('Всё снова как в снимке «До распродажи»'), () => restore.click())
  await page.getByText('Как на этом компьютере').waitFor()
  await page.getByRole('button', { name: 'Удалить' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click()
  await page.getByText('Снимок хранит всё как есть').waitFor()
}, 240_000)
