import { expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { seeSaid, useBrowser } from '../support/browser.ts'
import { askLabFor } from '../support/lab.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })
const browser = useBrowser(market)

const sendBuyer = () =>
  askLabFor(market, 'POST /scenarios/where-is-my-order', { businessId: browser.demo.businessId, seed: 7 })

test('a page without subscriptions says how to begin', async () => {
  const page = await browser.open('notifications')
  await page.getByRole('heading', { name: 'Подписок пока нет' }).waitFor()
  const settle = () => page.locator('.empty h2').waitFor()

  expect(await page.survey('notifications-empty', settle)).toEqual([])
}, 90_000)

test('a receiver that does not answer properly is explained; one that does is subscribed, its secret shown once', async () => {
  const receiver = await makeReceiver('garbage')
  const page = await browser.open('notifications')
  await page.getByRole('heading', { name: 'Подписок пока нет' }).waitFor()
  await page.keyboard.press('KeyN')
  await page.getByLabel('Название').fill('Чат-робот')
  await page.getByLabel('Адрес').fill(receiver.url)
  await page.getByRole('button', { name: 'Создать', exact: true }).click()
  await page.getByRole('alert').getByText('В ответе нет обязательных полей').waitFor()
  await page.getByText('нужны version, name').waitFor()
  await page.getByRole('button', { name: 'Создать выключенной' }).waitFor()
  expect(await page.findings()).toEqual([])
  await page.picture('notifications-refused')

  receiver.answering = 'ok'
  await page.getByRole('button', { name: 'Создать', exact: true }).click()
  await page.getByText('показывается один раз').waitFor()
  await page.picture('notifications-secret')
  await page.getByRole('dialog').getByRole('button', { name: 'Скопировать' }).click()
  const secret = String(await page.evaluate('navigator.clipboard.readText()'))
  expect(secret).toMatch(/^whsec_/)
  await page.getByRole('button', { name: 'Секрет скопирован' }).click()
  await page.getByText('Включена').waitFor()
  expect(await page.content()).not.toContain(secret)

  await page.getByRole('button', { name: 'Отправить PING' }).click()
  await page.getByText('Ответил за').waitFor()
  browser.takeTroubles() // the refused PING, which the browser's console tells as a status 422
}, 60_000)

test('a delivery comes into the table by itself, is opened with its body and attempts, and is sent again', async () => {
  const { businessId } = browser.demo
  const receiver = await makeReceiver()
  await subscribe(market.sql, browser.demo, { url: receiver.url })
  const page = await browser.open('notifications?state=delivered')
  await page.getByText('Ничего не нашлось').or(page.getByRole('grid')).first().waitFor()
  await sendBuyer()
  await page
    .getByRole('row', { name: /Отправлено сообщение/ })
    .first()
    .waitFor()
  await page
    .getByRole('row', { name: /Открыт чат/ })
    .first()
    .click()
  const details = page.getByRole('complementary', { name: 'Открыт чат' })
  await details.getByText(`"businessId": ${businessId}`).waitFor()
  await details.getByText('1 попытка').waitFor()
  const count = receiver.arrivals.length
  await details.getByRole('button', { name: 'Отправить снова' }).click()
  await receiver.arrived(count + 1)
  await details.getByText('2 попытки').waitFor()
  const first = receiver.arrivals.at(-1)
  expect(first?.headers['webhook-id']).toBe(new URL(page.url()).searchParams.get('delivery'))

  expect(await page.survey('notifications-delivery', () => page.locator('.attempts li').first().waitFor())).toEqual([])
}, 90_000)

test('a broken receiver is shown as failing; after two weeks it is disabled with what was cancelled, and switched on again', async () => {
  const receiver = await makeReceiver()
  const { subscriptionId } = await subscribe(market.sql, browser.demo, { url: receiver.url })
  const page = await browser.open(`notifications?subscriptionId=${subscriptionId}`)
  const card = page.locator('.subscription[data-chosen]')
  await card.getByText('Включена').waitFor()
  receiver.answering = 'fail'
  await sendBuyer()
  await card.getByText('Не доставляется').waitFor()
  await card.getByText(/Следующая попытка/).waitFor()
  await card.getByText(/ждут \d/).waitFor()
  await page.getByText('Код 500').first().waitFor()
  const settle = () => page.locator('[data-health=failing]').first().waitFor({ state: 'attached' })
  expect(await page.survey('notifications-failing', settle)).toEqual([])

  await page.setViewportSize({ width: 1400, height: 900 })
  await askLabFor(market, 'POST /clock/advance', { seconds: 14 * 24 * 3600 + 2 * 3600 })
  await card.getByText(/^Отключена \d/).waitFor()
  await card.getByText(/отменено \d/).waitFor()
  await page
    .getByRole('row', { name: /Отменено/ })
    .first()
    .waitFor()
  const failed = () => page.locator('[data-health=failed]').first().waitFor({ state: 'attached' })
  expect(await page.survey('notifications-failed', failed)).toEqual([])
  await page.getByText('Доставки', { exact: true }).click()
  await page
    .getByRole('row', { name: /Отменено/ })
    .last()
    .click()
  await page.getByText('465 попыток').waitFor()
  await page.getByRole('button', { name: 'Показать все' }).click()
  await page.locator('.attempts li').nth(464).waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await page.picture('notifications-deliveries')
  expect(await page.findings()).toEqual([])
  await page.setViewportSize({ width: 1400, height: 900 })

  await page.goto(`${market.url}/console/${browser.demo.businessId}/overview`)
  await page.getByRole('link', { name: /со сбоем/ }).click()
  await page.getByText(/^Показан.* со сбоем/).waitFor()
  await page.picture('notifications-only-failed')
  expect(await page.findings()).toEqual([])
  expect(await page.locator('.subscription:not(:has([data-health=failed]))').count()).toBe(0)
  await page.getByRole('button', { name: 'Показать все' }).click()
  await page.goto(`${page.url().split('?')[0]}?subscriptionId=${subscriptionId}`)

  await card.getByRole('button', { name: 'Включить' }).click()
  await card.getByText('Код 500').waitFor()
  receiver.answering = 'ok'
  await card.getByRole('button', { name: 'Включить' }).click()
  await card.getByText('Включена').waitFor()
  browser.takeTroubles() // the PING that was refused
}, 240_000)

test('a subscription is changed, duplicated, given a new secret, sent a period again, switched off and deleted', async () => {
  const receiver = await makeReceiver()
  const { subscriptionId } = await subscribe(market.sql, browser.demo, { url: receiver.url })
  await sendBuyer()
  await receiver.arrived(2)
  const page = await browser.open(`notifications?subscriptionId=${subscriptionId}`)
  const card = page.locator('.subscription[data-chosen]')
  const dialog = page.getByRole('dialog')
  const choose = async (what: string) => {
    await card.getByRole('button', { name: /^Ещё/ }).click()
    await page.getByRole('menuitem', { name: what }).click()
  }
  await choose('Изменить')
  await dialog.getByLabel('Название').fill('Склад')
  await page.picture('notifications-edit')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await card.getByRole('button', { name: 'Доставки «Склад»' }).waitFor()

  await choose('Отправить пример')
  await dialog.getByRole('combobox', { name: 'Событие' }).click()
  await page.getByRole('option', { name: 'Открыт спор' }).click()
  const told = receiver.arrivals.length
  await dialog.getByRole('button', { name: 'Отправить', exact: true }).click()
  await dialog.getByText(/^Ответил за/).waitFor()
  expect(receiver.arrivals.slice(told).map(({ body }) => body.notificationType)).toEqual(['CHAT_ARBITRAGE_STARTED'])
  receiver.answering = 'fail'
  await dialog.getByRole('button', { name: 'Отправить', exact: true }).click()
  await dialog.getByText('Код 500').waitFor()
  await page.picture('notifications-sample')
  expect(await page.findings()).toEqual([])
  receiver.answering = 'ok'
  await dialog.getByRole('button', { name: 'Отмена' }).click()

  await choose('Отправить снова за период')
  await dialog.getByText('Другой').click()
  await dialog.getByLabel('С', { exact: true }).waitFor()
  await page.picture('notifications-replay')
  expect(await page.findings()).toEqual([])
  await dialog.getByText('Час', { exact: true }).click()
  const before = receiver.arrivals.length
  const again = dialog.getByRole('button', { name: 'Отправить снова' })
  await seeSaid(page.getByText(/отправля.тся снова/), () => again.click())
  await receiver.arrived(before + 2)

  await choose('Новый секрет')
  await dialog.getByRole('button', { name: 'Новый секрет' }).click()
  await dialog.getByText('Прежний секрет тоже действует до').waitFor()
  await dialog.getByRole('button', { name: 'Секрет скопирован' }).click()
  await page.locator('.subscription').getByText('Прежний секрет действует до').waitFor()

  await page.goto(`${page.url().split('?')[0]}?subscriptionId=${subscriptionId}`)
  await choose('Дублировать')
  await dialog.getByText('Секрет «Склад (2)»').waitFor()
  await dialog.getByRole('button', { name: 'Секрет скопирован' }).click()
  await page.getByRole('button', { name: 'Доставки «Склад (2)»' }).waitFor()

  await page.goto(`${page.url().split('?')[0]}?subscriptionId=${subscriptionId}`)
  await choose('Выключить')
  await dialog.getByText('Выключить «Склад»?').waitFor()
  await page.picture('notifications-disable')
  await dialog.getByRole('button', { name: 'Выключить' }).click()
  await card.getByText('Выключена').waitFor()
  await choose('Удалить')
  await dialog.getByRole('button', { name: 'Удалить' }).click()
  await page.getByRole('button', { name: 'Доставки «Склад»' }).waitFor({ state: 'detached' })
}, 90_000)

test('of a hundred thousand deliveries only those in sight are drawn', async () => {
  const { businessId } = browser.demo
  const receiver = await makeReceiver()
  const { subscriptionId } = await subscribe(market.sql, browser.demo, { url: receiver.url })
  await askAdminFor(market, `POST /businesses/${businessId}/subscriptions/${subscriptionId}/disable`)
  await market.sql`
    insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, message_id, happened_at, state, finished_at)
    select market.lane_of(${businessId}), ${businessId}, ${subscriptionId}, 1000000000 + g, 'message_sent', 1, 1000000000 + g, now(), 'cancelled', now()
      from generate_series(1, 100000) g`
  const page = await browser.open(`notifications?subscriptionId=${subscriptionId}`)
  const grid = page.getByRole('grid')
  await page
    .getByRole('row', { name: /Отменено/ })
    .first()
    .waitFor()
  for (let pages = 2; pages <= 6; pages++) {
    const rows = Number(await grid.getAttribute('aria-rowcount'))
    await grid.focus()
    await page.keyboard.press('End')
    await page.locator(`[role=grid]:not([aria-rowcount="${rows}"])`).waitFor()
  }

  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(200)
  expect(await page.getByRole('row').count()).toBeLessThan(80)
}, 90_000)
