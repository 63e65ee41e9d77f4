import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { OpenPage } from '../support/browser.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser } from './support/desk-browser.ts'
import { useFront } from './support/front.ts'

const market = useMarket()
const desk = useDesk()
const front = useFront(desk)
const browser = useDeskBrowser(front)
let shop: TestBusiness

beforeAll(async () => {
  shop = await makeBusiness(market)
  await connectCabinet(desk.running, market, shop)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'Где мой заказ?')
})

const workerIsReady = (page: OpenPage) =>
  expect.poll(() => page.evaluate('navigator.serviceWorker.controller?.state')).toBe('activated')
const keptPaths = (page: OpenPage) =>
  page.evaluate(`(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async name => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })()`) as Promise<string[]>

test('without a network a reload says since when, what is safe and what is not sent; it comes back by itself; who signs out leaves nothing', async () => {
  const page = await browser.open('/inbox?view=all')
  const chat = page.getByRole('link', { name: /Где мой заказ/ })
  await chat.click()
  await page.getByRole('region', { name: 'Сообщения' }).getByText('Где мой заказ?').waitFor()
  await workerIsReady(page)
  const kept = await keptPaths(page)
  expect(kept.filter(path => !/^\/desk\/(?:assets\/[\w.-]+)?$/.test(path))).toEqual([])
  const address = page.url()

  await page.context().setOffline(true)
  await page.reload()

  await page.getByRole('heading', { name: /^Нет связи с \d\d:\d\d$/ }).waitFor()
  await page.getByText('На этом устройстве нет сети.').waitFor()
  await page.getByText(/черновики на сервере/).waitFor()
  await page.getByText(/ответы отсюда не отправляются и в очередь не встают/).waitFor()
  expect(await page.getByText('Где мой заказ?').count()).toBe(0)
  expect(await page.survey('desk-offline', () => page.locator('.offline h2').waitFor())).toEqual([])

  await page.context().setOffline(false)
  await page
    .getByRole('region', { name: /Сообщения|Messages/ })
    .getByText('Где мой заказ?')
    .waitFor()
  expect(page.url()).toBe(address)

  front.isAway = true
  await page.reload()
  await page.getByText(/Сеть есть, но сервер не отвечает|There is a network, but the desk/).waitFor()
  front.isAway = false
  await page
    .getByRole('region', { name: /Сообщения|Messages/ })
    .getByText('Где мой заказ?')
    .waitFor()

  await page.goto(`${front.url}/desk/inbox?view=all`)
  await page.getByRole('button', { name: /Вы и этот браузер/ }).click()
  await page.getByRole('menuitem', { name: 'Выйти' }).click()
  await page.getByLabel('Почта').waitFor()
  expect(await keptPaths(page)).toEqual([])
  expect(await page.evaluate('navigator.serviceWorker.getRegistrations().then(all => all.length)')).toBe(0)
  expect(await page.evaluate('localStorage.getItem("prilavok.desk.heardAt")')).toBeNull()
  browser.takeTroubles()
}, 120_000)

test('another build takes over at once: what the one before has kept is gone, and the page says that there is an update', async () => {
  const page = await browser.open('/inbox?view=all')
  await workerIsReady(page)
  await page.evaluate(`(async () => {
    await (await caches.open('prilavok-desk before')).put('/desk/', new Response('the page before'))
  })()`)
  front.build = 'another'

  await page.evaluate(`navigator.serviceWorker.getRegistration('/desk').then(one => one.update())`)

  await page.getByText('Вышла новая версия').waitFor()
  await expect.poll(() => page.evaluate('caches.keys()')).toEqual(['prilavok-desk another'])
  await page.picture('desk-updated')
  await page.getByRole('button', { name: 'Обновить страницу' }).click()
  await page.getByRole('link', { name: /Где мой заказ/ }).waitFor()
}, 120_000)

test('a part of the page that an update has replaced is no broken page: it is loaded anew, once', async () => {
  const page = await browser.open('/inbox?view=all')
  const gone = { status: 404, body: '' }
  await page.route(/\/assets\/palette-.*\.js$/, route => route.fulfill(gone), { times: 1 })

  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+k')])
  await page.locator('#page').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Команды' }).waitFor()

  expect(await page.evaluate('performance.getEntriesByType("navigation")[0].type')).toBe('reload')
  expect(browser.takeTroubles().join()).toMatch(/404/)
}, 60_000)

test('the icons are drawn from the mark', async () => {
  const folder = join(import.meta.dirname, '../../src/web/desk')
  const png = readFileSync(join(folder, 'icons/icon-192.png')).toString('base64')
  const mark = encodeURIComponent(readFileSync(join(folder, 'mark.svg'), 'utf8'))
  const page = await browser.openAt(`${front.url}/desk`)

  const pixels = (source: string) =>
    page.evaluate(`(async () => {
      const image = new Image()
      image.src = ${JSON.stringify(source)}
      await image.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: 48, height: 48 })
      const drawing = canvas.getContext('2d')
      drawing.drawImage(image, 0, 0, 48, 48)
      return [...drawing.getImageData(0, 0, 48, 48).data]
    })()`) as Promise<number[]>
  const [icon, vector] = [await pixels(`data:image/png;base64,${png}`), await pixels(`data:image/svg+xml,${mark}`)]
  const difference = icon.reduce((sum, value, at) => sum + Math.abs(value - (vector[at] ?? 0)), 0) / icon.length

  expect(icon).toHaveLength(48 * 48 * 4)
  expect(difference, 'mean difference of a channel, of 255').toBeLessThan(4)
}, 60_000)
