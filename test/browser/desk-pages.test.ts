import { beforeAll, expect, test } from 'vitest'
import type { ChatId } from '#contract'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { ask } from '../support/http.ts'
import { connectCabinet, readDeskChat, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser } from './support/desk-browser.ts'
import { hostileTexts } from './support/hostile-texts.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)
let shop: TestBusiness
let cabinetId: bigint
let chatId: ChatId

beforeAll(async () => {
  shop = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, shop)
  chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'Где мой заказ?')
  await writeAs('partner', { market, shop, chatId }, 'Уже едет')
  await writeAs('customer', { market, shop, chatId }, 'Спасибо, жду. https://market.yandex.ru/my')
  await desk.sql`
    insert into desk.canned_replies (cabinet_id, reply_id, folder, title, text)
    values (${cabinetId}, gen_random_uuid(), 'Доставка', 'Едет', '{имя}, заказ едет')`
})

/** The shop sends a file that is called so. */
async function sendFile(chatId: ChatId, name: string): Promise<void> {
  const body = new FormData()
  body.set('file', new Blob(['%PDF-1.4']), `${name}.pdf`)
  const { status } = await ask(`${market.url}/v2/businesses/${shop.businessId}/chats/file/send?chatId=${chatId}`, {
    ...{ method: 'POST', headers: { 'api-key': shop.token }, body },
  })
  expect(status).toBe(200)
}

const pages = [
  { name: 'inbox', path: () => '/inbox?view=all', shows: 'Спасибо, жду' },
  { name: 'chat', path: () => `/inbox/${cabinetId}/${chatId}?view=all`, shows: 'Уже едет' },
  { name: 'nothing', path: () => '/inbox?view=finished', shows: /Завершённых пока нет|Nothing is finished/ },
  { name: 'search', path: () => '/search?q=Спасибо', shows: 'Спасибо, жду' },
  { name: 'cabinets', path: () => '/settings/cabinets', shows: market.url },
  { name: 'cabinet', path: () => `/settings/cabinets/${cabinetId}`, shows: '/notification/' },
  { name: 'replies', path: () => '/settings/replies', shows: 'заказ едет' },
  { name: 'account', path: () => '/settings/account', shows: /Тихие часы|Quiet hours/ },
  { name: 'people', path: () => '/settings/people', shows: /Владелец|Owner/ },
  { name: 'no-page', path: () => '/nothing', shows: /Такой страницы нет|no such page/ },
] as const

test.each(pages)(
  'the page "$name" is whole in every look',
  async ({ name, path, shows }) => {
    await expect.poll(async () => (await readDeskChat(desk.sql, { cabinetId, chatId }))?.texts.length).toBe(3)
    const page = await browser.open(path())
    const settle = () =>
      name === 'cabinets'
        ? page.getByText(market.url).first().waitFor()
        : name === 'people'
          ? page.getByRole('button', { name: /Новая ссылка|New link/ }).waitFor()
          : page
              .getByText(shows ?? '')
              .locator('visible=true')
              .first()
              .waitFor()
    await settle()

    expect(await page.survey(`desk-${name}`, settle)).toEqual([])
  },
  180_000,
)

test('a chat with a gap is named where the mirror is looked after, and opens from there', async () => {
  const other = await makeBusiness(market)
  const gapChat = await other.makeChat()
  await writeAs('customer', { market, shop: other, chatId: gapChat }, 'Вы получили?')
  const otherId = await connectCabinet(desk.running, market, other)
  await expect.poll(() => readDeskChat(desk.sql, { cabinetId: otherId, chatId: gapChat })).toMatchObject({ unread: 1 })
  await desk.running.desk.cabinets.setState(otherId, 'paused')
  await desk.sql`
    insert into desk.told_messages (cabinet_id, chat_id, message_id, told_at)
    select ${otherId}, chat, 999999, now() - interval '5 minutes' from unnest(${[gapChat, 777777n]}::bigint[]) as chat`
  const page = await browser.open(`/settings/cabinets/${otherId}`)

  const gaps = page.getByRole('list', { name: 'Чаты с пропусками' })
  await expect
    .poll(() => gaps.getByRole('listitem').allInnerTexts())
    .toEqual([expect.stringMatching(/^Анна 1 сообщение · \d/), expect.stringMatching(/^Чат 777777 1 сообщение · \d/)])
  expect(await page.findings()).toEqual([])
  await gaps.getByRole('link').click()

  await page.getByRole('region', { name: 'Сообщения' }).getByText('Вы получили?').waitFor()
}, 120_000)

test('texts that would be markup, scripts or links of other kinds are shown as they were typed', async () => {
  const name = '<img src=x onerror="window.pwned = 1">'
  await askAdminFor(market, `PUT /customers/${shop.customer.publicId}`, { name })
  const hostile = await shop.makeChat()
  await sendFile(hostile, name)
  for (const text of hostileTexts) await writeAs('customer', { market, shop, chatId: hostile }, text)
  const last = 'Это последнее'
  await writeAs('customer', { market, shop, chatId: hostile }, last)
  const page = await browser.open(`/inbox/${cabinetId}/${hostile}?view=all`)
  await page.getByRole('region', { name: 'Сообщения' }).getByText(last).waitFor()
  await expect
    .poll(async () => {
      await page.evaluate(`document.querySelector('.thread-box > section').scrollTop = 0`)
      return page.locator('.bubble-text').count()
    })
    .toBe(hostileTexts.length + 1)

  const ofAll = (what: string) =>
    page.evaluate(`[...document.querySelectorAll('.bubble-text')].flatMap(text => ${what})`)
  const shown = await ofAll('text.textContent')
  const links = await ofAll('[...text.querySelectorAll("a")].map(link => [link.protocol, link.rel])')
  const strangers = await ofAll('[...text.querySelectorAll("*:not(a)")].map(one => one.outerHTML)')

  expect(shown).toEqual([...hostileTexts, last])
  expect(strangers).toEqual([])
  for (const [protocol, rel] of links as [string, string][]) {
    expect(protocol).toMatch(/^https?:$/)
    expect(rel).toContain('noopener')
  }
  await page.getByRole('heading', { name }).waitFor()
  await page.locator('article .bubble-file', { hasText: '.pdf' }).waitFor()
  expect(await page.evaluate('window.pwned')).toBeUndefined()
  expect(await page.findings()).toEqual([])
}, 120_000)
