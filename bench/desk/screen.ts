import type { ChildProcess } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'
import type { Page, Response } from 'playwright-core'
import { type BusinessId, idFrom } from '#contract'
import { buyerOf, makeBuyer } from '../../test/support/buyer.ts'
import { launchChromium } from '../../test/support/chromium.ts'
import type { DeskPerson } from '../../test/support/desk-person.ts'
import { subscribe } from '../../test/support/subscriptions.ts'
import { ask } from '../child.ts'
import { makeRow, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { filledCabinet } from './fill-desk.ts'

type Screen = { stage: Stage; desk: ChildProcess; person: DeskPerson; url: string; newLink: () => Promise<string> }

const acts = 40
const told = 40
const aim = { unit: 'ms', against: 'the aim' }

/** What a person at the desk sees, in Chromium: from an act to what it has brought, and from a buyer's message to its row. */
export async function screenBench({ stage, desk, person, url, newLink }: Screen): Promise<Row[]> {
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, locale: 'ru-RU' })
    const page = await context.newPage()
    const script = await measureFirstScript(page, await newLink())
    await page.goto(`${url}/desk/inbox?view=all&cabinetId=${filledCabinet}`)
    await page.locator('.inbox-row').first().waitFor()
    await page.evaluate(measureInPage)
    const switched = await p95(acts, n => switchView(page, views[n % views.length] ?? ''))
    const opened = await p95(acts, n => openChat(page, n % rowsInSight))
    const seen = await measureNews(page, { stage, desk, person, url })
    return [
      makeRow({ ...aim, name: 'a view is switched, to paint, p95', value: switched, reference: 100 }),
      makeRow({ ...aim, name: 'a chat is opened, to paint, p95', value: opened, reference: 100 }),
      makeRow({ ...aim, name: 'a buyer writes, to the row, p95', value: seen, reference: 300 }),
      makeRow({
        name: 'scripts of the first inbox',
        value: script / 1000,
        unit: 'KB',
        against: 'the aim',
        reference: 250,
      }),
    ]
  } finally {
    await browser.close()
  }
}

const views = ['waiting', 'disputes', 'buyer', 'finished']
const rowsInSight = 10

/** Bytes of every script that the first inbox fetches, as they were sent. */
async function measureFirstScript(page: Page, link: string): Promise<number> {
  const scripts: Promise<number>[] = []
  page.on('response', response => {
    if (response.request().resourceType() === 'script') scripts.push(sentBytes(response))
  })
  await page.goto(link)
  await page.locator('.inbox-row').first().waitFor()
  page.removeAllListeners('response')
  return (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0)
}

async function sentBytes(response: Response): Promise<number> {
  await response.finished()
  return (await response.request().sizes()).responseBodySize
}

/** Acts, and resolves to the ms until a picture was painted in which it is done. */
const measureInPage = `
  window.untilPainted = (act, isDone) => new Promise(resolve => {
    const begun = performance.now()
    const painted = () => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => resolve(performance.now() - begun)
      channel.port2.postMessage(0)
    }
    const look = () => requestAnimationFrame(isDone() ? painted : look)
    act()
    look()
  })`

const switchView = (page: Page, view: string): Promise<number> =>
  page.evaluate(`untilPainted(
    () => document.querySelector('.inbox-view[data-view="${view}"]').click(),
    () => {
      const rows = [...document.querySelectorAll('.inbox-row')]
      return rows.length > 0 && rows.every(row => row.dataset.move === '${view}')
    })`)

/** All of the chat is there: the words of its row stand in the thread. */
async function openChat(page: Page, n: number): Promise<number> {
  const row = page.locator('.inbox-row').nth(n)
  const [path, words] = [await row.getAttribute('href'), await row.locator('.inbox-preview').textContent()]
  return page.evaluate(`untilPainted(
    () => document.querySelectorAll('.inbox-row')[${n}].click(),
    () => location.pathname === new URL(${JSON.stringify(path)}, location).pathname
      && document.querySelector('.thread')?.textContent.includes(${JSON.stringify(articleOf(words ?? ''))}))`)
}

/** The article number at the end of each message is almost its own. */
const articleOf = (words: string) => /арт\d+/.exec(words)?.[0] ?? words

async function measureNews(page: Page, { stage, desk, person, url }: Omit<Screen, 'newLink'>): Promise<number> {
  const [business] = stage.businesses
  if (!business) throw new Error('the stage has no business')
  const { businessId, token, chatIds } = business
  const market = { url: `http://127.0.0.1:${stage.port}`, adminToken: stage.adminToken }
  const connected = await ask<{ cabinetId: string; notifications: string }>(desk, {
    connect: { baseUrl: market.url, apiKey: token, businessId: `${businessId}` },
  })
  await subscribe(stage.sql, { businessId: idFrom<BusinessId>(`${businessId}`) }, { url: connected.notifications })
  const buyer = buyerOf(market, '', (await makeBuyer(market, `bench-${businessId}`)).token)
  const write = async (n: number) => {
    const text = `Новость ${n} ${Date.now()}`
    const chatId = chatIds[n % rowsInSight]
    const { status } = await buyer.ask(`POST /businesses/${businessId}/chats/${chatId}/messages`, { text })
    if (status >= 300) throw new Error(`a buyer's message was refused: ${status}`)
    return text
  }
  const isLive = async () => {
    const { phase } = await person.get<{ phase: string }>(`GET /cabinets/${connected.cabinetId}/sync`)
    return phase === 'live'
  }
  while (!(await isLive())) await after(100)
  // They climb to the top, where they are in sight.
  let last = ''
  for (let n = 0; n < rowsInSight; n++) last = await write(n)
  await page.goto(`${url}/desk/inbox?view=all&cabinetId=${connected.cabinetId}`)
  await page.getByText(last).waitFor()
  await page.evaluate(measureInPage)
  return p95(told, async n => {
    const begun = performance.now()
    const text = await write(n)
    await page.evaluate(`untilPainted(() => {}, () => document.body.textContent.includes(${JSON.stringify(text)}))`)
    return performance.now() - begun
  })
}

async function p95(count: number, act: (n: number) => Promise<number>): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < count; n++) took.push(await act(n))
  return took.toSorted((a, b) => a - b)[Math.floor(count * 0.95)] ?? Number.NaN
}
