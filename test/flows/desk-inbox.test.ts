import { beforeAll, expect, test } from 'vitest'
import { chatStatuses } from '#contract'
import { useDesk } from '../support/desk-app.ts'
import { type Seeded, say, seedCabinet, seedChat } from '../support/desk-chats.ts'
import { type DeskPerson, invite } from '../support/desk-person.ts'

const desk = useDesk()
const finished = chatStatuses[5]
let anna: DeskPerson

beforeAll(async () => {
  anna = await invite(desk, 'operator')
})

type Row = { chatId: bigint | number; view: string; unread: number; hasDraft: boolean; waitingSince?: string }
type List = { chats: Row[]; total: number; inView: number; nextPageToken?: string }
type Counts = Record<string, number>

const list = (query: string) => anna.get<List>(`GET /chats?${query}`)
const countsOf = async (query: string) => (await anna.get<{ counts: Counts }>(`GET /views?${query}`)).counts
const idsOf = ({ chats }: { chats: Row[] }) => chats.map(({ chatId }) => BigInt(chatId))
const rowOf = (chat: Seeded) => anna.get<Row & { draft?: string; isDone: boolean }>(`GET ${chat.path}`)

/** Every page of a list. */
async function walk(query: string): Promise<bigint[]> {
  const ids: bigint[] = []
  for (let token = ''; ; ) {
    const page = await list(`${query}&limit=3${token}`)
    ids.push(...idsOf(page))
    if (page.nextPageToken === undefined) return ids
    token = `&pageToken=${page.nextPageToken}`
  }
}

const buyer = (text = 'Где?') => ({ from: 'CUSTOMER', text }) as const
const shop = { from: 'PARTNER', text: 'Едет' } as const

test('each chat is in the view of whose move it is', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  const seed = async (chat: Parameters<typeof seedChat>[2]) => {
    const { chatId } = await seedChat(desk.sql, cabinetId, chat)
    return chatId
  }
  const waiting = [
    await seed({ said: [buyer()] }),
    await seed({ said: [shop, buyer(), { from: 'MARKET', text: 'Заказ в пути' }] }),
    await seed({ said: [shop], status: chatStatuses[2] }),
  ]
  const disputes = [await seed({ said: [buyer()], type: 'ARBITRAGE', status: chatStatuses[3] })]
  const ours = [await seed({ said: [buyer(), shop] }), await seed({ said: [], status: 'NEW' })]
  const done = [await seed({ said: [buyer()], status: finished }), await seed({ type: 'ARBITRAGE', status: finished })]

  const of = async (view: string) => new Set(idsOf(await list(`view=${view}&cabinetId=${cabinetId}`)))

  expect(await of('waiting')).toEqual(new Set(waiting))
  expect(await of('disputes')).toEqual(new Set(disputes))
  expect(await of('buyer')).toEqual(new Set(ours))
  expect(await of('finished')).toEqual(new Set(done))
  expect(await countsOf(`cabinetId=${cabinetId}`)).toEqual({ waiting: 3, disputes: 1, buyer: 2, finished: 2, all: 8 })
})

test('counts are what the lists have, by any filter and page by page', async () => {
  const [cabinetId, other] = [await seedCabinet(desk.sql), await seedCabinet(desk.sql)]
  const saids = [[buyer()], [buyer(), shop], [shop, buyer()]]
  for (let n = 0; n < 24; n++)
    await seedChat(desk.sql, n % 5 === 0 ? other : cabinetId, {
      said: saids[n % 3] ?? [],
      context: n % 2 === 0 ? 'ORDER' : 'DIRECT',
      type: n % 7 === 0 ? 'ARBITRAGE' : 'CHAT',
      ...(n % 4 > 0 && { campaignId: BigInt(n % 4) }),
      ...(n % 6 === 5 && { status: finished }),
    })
  const filters = [
    '',
    `cabinetId=${cabinetId}`,
    'campaignId=2',
    'contextType=DIRECT',
    `cabinetId=${other}&contextType=ORDER`,
  ]

  for (const filter of filters) {
    const counts = await countsOf(filter)
    for (const view of ['waiting', 'disputes', 'buyer', 'finished', 'all'])
      for (const sort of ['waiting', 'newest', 'oldest']) {
        const ids = await walk(`view=${view}&sort=${sort}&${filter}`)
        const { total } = await list(`view=${view}&${filter}`)
        expect([ids.length, new Set(ids).size, total], `${filter} ${view} ${sort}`).toEqual(Array(3).fill(counts[view]))
      }
  }
})

test('an empty list says how many its filters hide', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  for (let n = 0; n < 3; n++) await seedChat(desk.sql, cabinetId, { campaignId: 1n })

  for (const filter of ['campaignId=2', 'contextType=RETURN'])
    expect(await list(`view=waiting&cabinetId=${cabinetId}&${filter}`), filter).toEqual({
      chats: [],
      total: 0,
      inView: 3,
    })
  expect((await list(`view=waiting&cabinetId=${cabinetId}&campaignId=1`)).total).toBe(3)
})

test('those that wait longest are first, or the newest, or the oldest where nobody waits for us', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  const at = (hour: number) => `2026-05-05T${`${hour}`.padStart(2, '0')}:00:00Z`
  const first = await seedChat(desk.sql, cabinetId, {
    said: [
      { ...buyer(), at: at(10) },
      { ...buyer(), at: at(16) },
    ],
  })
  const second = await seedChat(desk.sql, cabinetId, { said: [{ ...buyer(), at: at(11) }] })
  const third = await seedChat(desk.sql, cabinetId, {
    said: [
      { ...shop, at: at(9) },
      { ...buyer(), at: at(12) },
    ],
  })

  const longest = await list(`view=waiting&cabinetId=${cabinetId}`)
  const newest = await list(`view=waiting&sort=newest&cabinetId=${cabinetId}`)
  const oldest = await list(`view=all&sort=oldest&cabinetId=${cabinetId}`)

  expect(idsOf(oldest)).toEqual([second, third, first].map(({ chatId }) => chatId))
  expect(idsOf(longest)).toEqual([first, second, third].map(({ chatId }) => chatId))
  expect(idsOf(newest)).toEqual([first, third, second].map(({ chatId }) => chatId))
  expect(longest.chats.map(({ waitingSince }) => waitingSince)).toEqual(
    [10, 11, 12].map(hour => `2026-05-05T${hour}:00:00.000Z`),
  )
})

test('a token of one list is refused by another', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  for (let n = 0; n < 3; n++) await seedChat(desk.sql, cabinetId)
  const { nextPageToken } = await list(`view=waiting&cabinetId=${cabinetId}&limit=1`)

  for (const query of [
    `view=all&cabinetId=${cabinetId}`,
    'view=waiting',
    `view=waiting&sort=newest&cabinetId=${cabinetId}`,
  ])
    expect((await anna.ask(`GET /chats?${query}&pageToken=${nextPageToken}`)).status, query).toBe(400)
})

test('the next that waits is the one after, then the longest; none that is being answered, never the same', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  const chats: Seeded[] = []
  for (let n = 0; n < 4; n++) chats.push(await seedChat(desk.sql, cabinetId))
  const [first, second, third, fourth] = chats
  await desk.sql`
    insert into desk.answers (cabinet_id, answer_id, chat_id, position, account_id, text, print, state, created_at, leaves_at)
    values (${cabinetId}, gen_random_uuid(), ${third?.chatId}, 1, 'x', 'Едет', 'Едет', 'waiting', now(), now())`
  const next = async (after?: Seeded) => {
    const query = after ? `&after=${after.cabinetId}/${after.chatId}` : ''
    return (await anna.get<{ chat?: Row }>(`GET /chats/next?cabinetId=${cabinetId}${query}`)).chat?.chatId
  }

  expect(await next()).toBe(Number(first?.chatId))
  expect(await next(first)).toBe(Number(second?.chatId))
  expect(await next(second)).toBe(Number(fourth?.chatId))
  expect(await next(fourth)).toBe(Number(first?.chatId))
  for (const chat of [second, third, fourth]) if (chat) await say(desk.sql, chat, shop)
  expect(await next(first)).toBeUndefined()
  expect((await anna.ask('GET /chats/next?after=x')).status).toBe(400)
})

test('what was read is read for everybody, and an earlier message changes nothing', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  const chat = await seedChat(desk.sql, cabinetId, { said: [buyer('1'), buyer('2'), buyer('3')] })
  const read = (messageId: bigint | undefined) => anna.get(`PUT ${chat.path}/read`, { messageId })
  const unread = async () => (await list(`cabinetId=${cabinetId}`)).chats[0]?.unread

  expect(await unread()).toBe(3)
  await read(chat.messageIds[1])
  expect(await unread()).toBe(1)
  await read(chat.messageIds[0])
  expect(await unread()).toBe(1)
  await say(desk.sql, chat, buyer('4'))
  expect(await unread()).toBe(2)
})

test('a chat that needs no answer waits no more, until the buyer writes again', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  const chat = await seedChat(desk.sql, cabinetId, { said: [buyer('Спасибо!')] })

  await anna.get(`PUT ${chat.path}/done`, { messageId: chat.messageIds[0] })
  expect(await countsOf(`cabinetId=${cabinetId}`)).toMatchObject({ waiting: 0, buyer: 1 })
  await anna.get(`DELETE ${chat.path}/done`)
  expect(await countsOf(`cabinetId=${cabinetId}`)).toMatchObject({ waiting: 1, buyer: 0 })
  await anna.get(`PUT ${chat.path}/done`, { messageId: chat.messageIds[0] })
  await say(desk.sql, chat, buyer('И ещё вопрос'))
  expect(await countsOf(`cabinetId=${cabinetId}`)).toMatchObject({ waiting: 1, buyer: 0 })
})

test('a thread is read from its end, backwards and on from a message', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  const said = Array.from({ length: 7 }, (_, n) => buyer(`${n}`))
  const { path, messageIds } = await seedChat(desk.sql, cabinetId, { said })
  const read = async (query: string) => {
    const { messages, hasMore } = await anna.get<{ messages: { text: string }[]; hasMore: boolean }>(
      `GET ${path}/messages?limit=3&${query}`,
    )
    return [messages.map(({ text }) => text).join(''), hasMore]
  }

  expect(await read('')).toEqual(['456', true])
  expect(await read(`before=${messageIds[4]}`)).toEqual(['123', true])
  expect(await read(`before=${messageIds[1]}`)).toEqual(['0', false])
  expect(await read(`after=${messageIds[1]}`)).toEqual(['234', true])
  expect(await read(`after=${messageIds[6]}`)).toEqual(['', false])
})

test("a draft is the account's own and stays until it is emptied", async () => {
  const boris = await invite(desk, 'operator')
  const cabinetId = await seedCabinet(desk.sql)
  const chat = await seedChat(desk.sql, cabinetId)

  for (const text of ['Здрав', 'Здравствуйте,\n сейчас']) await anna.get(`PUT ${chat.path}/draft`, { text })
  const [mine, his] = [await rowOf(chat), await boris.get<Row>(`GET ${chat.path}`)]
  await anna.get(`PUT ${chat.path}/draft`, { text: ' ' })

  expect(mine).toMatchObject({ draft: 'Здравствуйте,\n сейчас', hasDraft: true })
  expect(his).toMatchObject({ hasDraft: false })
  expect(his).not.toHaveProperty('draft')
  expect((await rowOf(chat)).hasDraft).toBe(false)
})

test('a chat that is not there is a 404, whatever is asked of it', async () => {
  const path: `/${string}` = `/cabinets/${await seedCabinet(desk.sql)}/chats/9`
  const asked = [
    [`GET ${path}`],
    [`GET ${path}/messages`],
    [`PUT ${path}/read`, { messageId: 1 }],
    [`PUT ${path}/done`, { messageId: 1 }],
    [`DELETE ${path}/done`],
    [`PUT ${path}/draft`, { text: 'x' }],
    [`PUT ${path}/draft`, { text: '' }],
  ] as const

  for (const [operation, json] of asked)
    expect((await anna.ask(operation, json ? { json } : {})).status, operation).toBe(404)
})
