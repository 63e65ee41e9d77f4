import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makePng, pictures } from '#market'
import { makeBusiness } from '../support/business.ts'
import { connectCabinet, startTestDesk } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

async function sendFile(shop: Awaited<ReturnType<typeof makeBusiness>>, chatId: bigint, file: File) {
  const body = new FormData()
  body.append('file', file)
  const url = `${market.url}/v2/businesses/${shop.businessId}/chats/file/send?chatId=${chatId}`
  const { status } = await fetch(url, { method: 'POST', headers: { 'api-key': shop.token }, body })
  expect(status).toBe(200)
}

const readFiles = (cabinetId: bigint) =>
  market.sql<{ name: string; state: string; hash: string | null; mediaType: string | null; why: string | null }[]>`
    select name, state, encode(hash, 'hex') as hash, media_type as "mediaType", why from desk.files
     where cabinet_id = ${cabinetId} order by message_id`

test('files of messages are fetched once and kept, and what is no picture is bytes', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const png = makePng(pictures.chippedMug)
  await sendFile(shop, chatId, new File([new Uint8Array(png)], 'фото.png', { type: 'image/png' }))
  await sendFile(shop, chatId, new File(['<svg onload="alert()">'], 'x.svg', { type: 'image/svg+xml' }))
  const running = await startTestDesk(market)

  const cabinetId = await connectCabinet(running, market, shop)

  await expect.poll(async () => (await readFiles(cabinetId)).map(({ state }) => state)).toEqual(['kept', 'kept'])
  const [photo, drawing] = await readFiles(cabinetId)
  expect([photo?.mediaType, drawing?.mediaType]).toEqual(['image/png', 'application/octet-stream'])
  expect(await readFile(running.desk.files.path(cabinetId, photo?.hash ?? ''))).toEqual(Buffer.from(png))
})

test('a file that cannot be fetched says why, and comes when it can', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await sendFile(shop, chatId, new File(['счёт'], 'счёт.txt'))
  await sendFile(shop, chatId, new File(['акт'], 'акт.txt'))
  const [, lost] = await market.sql<{ messageId: bigint }[]>`
    select message_id as "messageId" from market.messages where chat_id = ${chatId} and kind = 'file' order by message_id`
  let isIll = true
  const unreliable: typeof fetch = (input, init) => {
    const path = new URL(`${input}`).pathname
    if (!path.startsWith('/files/')) return fetch(input, init)
    if (path.includes(`/${lost?.messageId}`)) return Promise.resolve(new Response('', { status: 404 }))
    return isIll ? Promise.resolve(new Response('', { status: 503 })) : fetch(input, init)
  }
  const running = await startTestDesk(market, { fetch: unreliable })

  const cabinetId = await connectCabinet(running, market, shop)
  const briefly = async () => (await readFiles(cabinetId)).map(({ name, state, why }) => [name, state, why !== null])

  await expect.poll(briefly).toEqual([
    ['счёт.txt', 'waiting', true],
    ['акт.txt', 'failed', true],
  ])
  isIll = false
  await expect.poll(briefly).toEqual([
    ['счёт.txt', 'kept', false],
    ['акт.txt', 'failed', true],
  ])
})

test('who begins to work a cabinet removes its files that nothing names', async () => {
  const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-desk-'))
  onTestFinished(() => rmSync(filesFolder, { recursive: true, force: true }))
  const running = await startTestDesk(market, { filesFolder })
  const cabinetId = await connectCabinet(running, market, await makeBusiness(market))
  const save = async (text: string) => {
    const { files } = running.desk
    const { hash } = await files.save(cabinetId, new Blob([text]).stream())
    return files.path(cabinetId, hash)
  }
  const [old, fresh] = [await save('old'), await save('fresh')]
  const before = new Date(Date.now() - 2 * 60 * 60_000)
  await utimes(old, before, before)
  await running.stop()

  await startTestDesk(market, { filesFolder })

  await expect.poll(() => existsSync(old)).toBe(false)
  expect(existsSync(fresh)).toBe(true)
})
