import { readFileSync, rmSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { ChatId } from '#contract'
import { makePng, pictures } from '#market'
import type { OpenPage } from '../support/browser.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { connectCabinet, readShopTexts, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'
import { useDeskBrowser } from './support/desk-browser.ts'

const market = useMarket()
const desk = useDesk()
const browser = useDeskBrowser(desk)
let shop: TestBusiness
let cabinetId: bigint
let otherId: bigint

beforeAll(async () => {
  shop = await makeBusiness(market)
  const other = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, shop)
  otherId = await connectCabinet(desk.running, market, other)
  await desk.sql`update desk.cabinets set name = case cabinet_id when ${cabinetId} then 'Первый' else 'Второй' end`
})

const png = { name: 'кружка.png', mimeType: 'image/png', buffer: makePng(pictures.chippedMug) }
const repliesOf = (cabinetId: bigint) =>
  desk.sql<{ title: string; text: string; files: string[] }[]>`
    select r.title, r.text, array(
             select f.name from desk.reply_files f where f.cabinet_id = r.cabinet_id and f.reply_id = r.reply_id order by f.position
           ) as files
      from desk.canned_replies r where r.cabinet_id = ${cabinetId} order by r.title`

async function choose(page: OpenPage, button: string, files: { name: string; mimeType: string; buffer: Buffer }) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ])
  await chooser.setFiles(files)
}

test('replies are written with files, copied into another cabinet, taken out and in as a table', async () => {
  const page = await browser.open('/settings/replies')
  const save = () => page.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('button', { name: 'Новый готовый ответ' }).click()
  await page.getByLabel('Название').fill('Брак')
  await page.getByLabel('Папка', { exact: true }).fill('Возвраты')
  await page.getByLabel('Текст').fill('{имя|Здравствуйте}, как вернуть — на фото. Трек: {трек-номер}')
  await choose(page, 'Прикрепить файлы', png)
  await page.getByText('добавится при сохранении').waitFor()
  expect(await page.findings()).toEqual([])
  await page.picture('desk-reply-dialog')
  await save()
  await page.getByText('1 файл').waitFor()
  expect(await repliesOf(cabinetId)).toMatchObject([{ title: 'Брак', files: ['кружка.png'] }])

  // Somebody else changes it while it is open here.
  await page.getByRole('button', { name: 'Изменить «Брак»' }).click()
  await page.getByRole('link', { name: 'кружка.png' }).waitFor()
  await desk.sql`update desk.canned_replies set text = 'Чужое', version = version + 1`
  await page.getByLabel('Текст').fill('Моё {трек-номер}')
  await save()
  await page.getByRole('dialog').getByText('Чужое').waitFor()
  await expect.poll(() => browser.takeTroubles().join()).toMatch(/409/)
  await page.picture('desk-reply-changed')
  await page.getByRole('button', { name: 'Сохранить мой' }).click()
  await page.getByText('Моё {трек-номер}').waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  // Somebody else adds a file, and then deletes it all.
  await page.getByRole('button', { name: 'Изменить «Брак»' }).click()
  await page.getByRole('button', { name: 'Убрать кружка.png' }).click()
  await desk.sql`update desk.reply_files set file_id = gen_random_uuid(), name = 'чужой.png'`
  await save()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await repliesOf(cabinetId)).toMatchObject([{ files: ['чужой.png'] }])
  await page.getByRole('button', { name: 'Изменить «Брак»' }).click()
  await choose(page, 'Прикрепить файлы', png)
  await desk.sql`delete from desk.canned_replies`
  await save()
  await page.getByText('удалил вместе с файлами').waitFor()
  await page.getByRole('button', { name: 'Сохранить как новый' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await repliesOf(cabinetId)).toMatchObject([{ title: 'Брак', files: ['кружка.png'] }])
  await expect.poll(() => browser.takeTroubles().join()).toMatch(/404/)

  await page.getByLabel('Выбрать папку «Возвраты»').check()
  await page.getByRole('button', { name: 'Скопировать в «Второй»' }).click()
  await page.getByText('Скопировано в «Второй»: 1. Уже были там: 0.').waitFor()
  await page.getByLabel('Выбрать «Брак»').check()
  await page.getByRole('button', { name: 'Скопировать в «Второй»' }).click()
  await page.getByText('Скопировано в «Второй»: 0. Уже были там: 1.').waitFor()
  expect(await repliesOf(otherId)).toEqual(await repliesOf(cabinetId))

  const [table] = await Promise.all([page.waitForEvent('download'), page.getByText('Скачать CSV').click()])
  const csv = readFileSync(await table.path(), 'utf8')
  expect(csv).toBe('\ufeff"Папка";"Название";"Текст"\r\n"Возвраты";"Брак";"Моё {трек-номер}"\r\n')
  const bring = (text: string) =>
    choose(page, 'Загрузить CSV', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await bring(`${csv};Чек;Пришлём\r\n;;без названия\r\n`)
  await page.getByText('Добавлено: 1. Изменено: 0. Без изменений: 1.').waitFor()
  await page.getByText('строка 4: нет названия').waitFor()
  expect(await page.findings()).toEqual([])
  await page.picture('desk-replies-imported')
  await bring('a;b\r\n')
  await page.getByText('В первой строке должны быть').waitFor()
  expect((await repliesOf(cabinetId)).map(({ title }) => title)).toEqual(['Брак', 'Чек'])
  browser.takeTroubles()
}, 120_000)

async function ask(text: string): Promise<ChatId> {
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, text)
  return chatId
}

async function putReply(title: string, text: string, file?: string): Promise<void> {
  const replyId = crypto.randomUUID()
  await desk.sql`
    insert into desk.canned_replies (cabinet_id, reply_id, folder, title, text)
    values (${cabinetId}, ${replyId}, 'Проба', ${title}, ${text})`
  if (file === undefined) return
  const { hash, sizeBytes } = await desk.running.desk.files.save(
    cabinetId,
    (async function* () {
      yield Buffer.from(file)
    })(),
  )
  await desk.sql`
    insert into desk.reply_files (cabinet_id, reply_id, file_id, name, hash, size_bytes, media_type)
    values (${cabinetId}, ${replyId}, gen_random_uuid(), ${`${title}.txt`}, decode(${hash}, 'hex'), ${sizeBytes}, 'text/plain')`
}

test('replies go into the answer one after the other with their files, and Tab walks what is to be filled in', async () => {
  await putReply('Первый', 'Трек {трек-номер}, дата {дата|завтра}, сумма {{сумма}}.', 'первый')
  await putReply('Второй', 'Спасибо, {имя}!')
  const chatId = await ask('Где трек?')
  const page = await browser.open(`/inbox/${cabinetId}/${chatId}?view=all`)
  const field = page.getByLabel('Ответ покупателю')
  await page.getByRole('region', { name: 'Сообщения' }).getByText('Где трек?').waitFor()
  const selected = () => page.evaluate('(e => e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)')
  await field.focus()

  await desk.sql`
    insert into desk.canned_replies (cabinet_id, reply_id, folder, title, text)
    select ${cabinetId}, gen_random_uuid(), 'Много', 'Ответ ' || n, 'Текст' from generate_series(1, 500) n`
  await page.keyboard.type('/')
  await page.getByText('уточните запрос').waitFor()
  expect(await page.getByRole('option').count()).toBe(30)
  await page.keyboard.type('gthdsq') // «первый» in the other layout
  await page.getByRole('option', { name: 'Первый' }).waitFor()
  await page.picture('desk-canned')
  await page.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('Трек {трек-номер}, дата завтра, сумма {{сумма}}.')
  await expect.poll(selected).toBe('{трек-номер}')
  await page.keyboard.press('Tab')
  expect(await selected()).toBe('{{сумма}}')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('А-7')
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' /втор')
  await page.getByRole('option', { name: 'Второй' }).waitFor()
  await page.keyboard.press('Tab')
  await expect.poll(() => field.inputValue()).toBe('Трек А-7, дата завтра, сумма {{сумма}}. Спасибо, Анна!')

  await page.getByText('Первый.txt').waitFor()
  await expect
    .poll(() => page.getByRole('button', { name: 'Отправить', exact: true }).getAttribute('aria-description'))
    .toBe('Сначала впишите: сумма.')
  await page.keyboard.press('Enter')
  expect(await selected()).toBe('{{сумма}}')
  expect(await page.findings()).toEqual([])
  await page.picture('desk-unfilled')
  await page.keyboard.type('100 ₽')
  await page.keyboard.press('Enter')

  await expect
    .poll(() => readShopTexts(market, chatId))
    .toEqual(['Трек А-7, дата завтра, сумма 100 ₽. Спасибо, Анна!', 'Первый.txt'])
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.tagName')).not.toBe('TEXTAREA')
}, 120_000)

test('a file that is lost is said to be so, holds the answer back, and comes when it is there again', async () => {
  await putReply('Пропал', 'Смотрите файл', 'пропал')
  const [row] = await desk.sql<[{ hash: string }]>`
    select encode(hash, 'hex') as hash from desk.reply_files where name = 'Пропал.txt'`
  rmSync(desk.running.desk.files.path(cabinetId, row.hash))
  const chatId = await ask('А файл?')
  const page = await browser.open(`/inbox/${cabinetId}/${chatId}?view=all`, { width: 390, height: 844 })
  await page.getByRole('region', { name: 'Сообщения' }).getByText('А файл?').waitFor()
  const button = page.getByRole('button', { name: 'Готовые ответы' })
  await page.getByLabel('Ответ покупателю').fill('Вот.')
  await button.click()
  await page.getByRole('listbox').waitFor()
  await button.click()
  await page.getByRole('listbox').waitFor({ state: 'detached' })
  await button.click()
  await page.getByRole('listbox').waitFor()
  await page.keyboard.type('проп')
  await page.getByRole('option', { name: 'Пропал' }).waitFor()
  await page.picture('desk-canned')
  await page.getByRole('option', { name: 'Пропал' }).click()

  await page.getByText('не прикреплён').waitFor()
  const send = page.getByRole('button', { name: 'Отправить', exact: true })
  expect(await send.getAttribute('aria-description')).toContain('не удалось прикрепить')
  expect(await page.findings()).toEqual([])
  await page.picture('desk-canned-lost')
  await putReply('Ещё раз', 'x', 'пропал') // the same bytes
  await page.getByRole('button', { name: 'Ещё раз' }).click()
  await page.getByText('не прикреплён').waitFor({ state: 'detached' })
  await send.click()

  await expect.poll(() => readShopTexts(market, chatId)).toEqual(['Вот. Смотрите файл', 'Пропал.txt'])
  browser.takeTroubles()
}, 120_000)
