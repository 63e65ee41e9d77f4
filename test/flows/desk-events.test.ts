import { expect, test } from 'vitest'
import { useDesk } from '../support/desk-app.ts'
import { seedCabinet, seedChat } from '../support/desk-chats.ts'
import { type DeskPerson, invite } from '../support/desk-person.ts'
import { openEvents } from '../support/event-stream.ts'
import { startTestDesk } from '../support/test-desk.ts'

const desk = useDesk()

const follow = ({ cookie }: DeskPerson, lastEventId?: string) =>
  openEvents(desk, { path: '/desk/v1/events', cookie, ...(lastEventId !== undefined && { lastEventId }) })

const chatOf = ({ cabinetId, chatId }: { cabinetId: bigint; chatId: bigint }) => ({
  ...{ kind: 'chat', cabinetId: Number(cabinetId), chatId: Number(chatId) },
})

async function scene() {
  const anna = await invite(desk, 'operator')
  const cabinetId = await seedCabinet(desk.sql)
  const [first, second] = [await seedChat(desk.sql, cabinetId), await seedChat(desk.sql, cabinetId)]
  return { anna, cabinetId, first, second }
}

test('what somebody does is told to the pages of all', async () => {
  const { anna, first } = await scene()
  const stream = await follow(await invite(desk, 'viewer'))

  await anna.get(`PUT ${first.path}/read`, { messageId: first.messageIds[0] })
  const [event] = await stream.take('changed')

  expect(event?.data).toEqual({ cursor: stream.lastId(), about: [chatOf(first), { kind: 'views' }] })
})

test('who comes back is told what has changed meanwhile, and nothing twice', async () => {
  const { anna, first, second, cabinetId } = await scene()
  const before = await follow(anna)
  await anna.get(`PUT ${first.path}/done`, { messageId: first.messageIds[0] })
  await before.take('changed')
  before.leave()

  for (const text of ['a', 'b', 'c']) await anna.get(`PUT ${second.path}/draft`, { text })
  await anna.get('POST /replies', { cabinetId, title: 'a', text: 'b' })
  const after = await follow(anna, before.lastId())
  const [event] = await after.take('changed')

  expect(event?.data['about']).toEqual([chatOf(second), { kind: 'views' }, { kind: 'replies' }])
  expect(after.seen.filter(({ event }) => event === 'reset')).toEqual([])
})

test.each(['11111111-1111-4111-8111-111111111111.7', 'nonsense'])(
  'a cursor that is not known any more is reset: %s',
  async cursor => {
    const { anna } = await scene()

    const stream = await follow(anna, cursor)
    const [event] = await stream.take('reset')

    expect(event?.data).toEqual({ cursor: event?.id })
    expect(event?.id).not.toBe(cursor)
  },
)

test('after a lost line to the database everything is to be read again', async () => {
  const { anna } = await scene()
  const stream = await follow(anna)

  await desk.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query ilike 'listen %'`

  await stream.take('reset')
})

test('a stream ends with its session', async () => {
  const { anna } = await scene()
  const stream = await follow(anna)

  await anna.get('DELETE /session')

  await stream.ended
  expect(stream.isWhole()).toBe(true)
})

test('an account has twenty streams at most', async () => {
  const { anna } = await scene()
  for (let n = 0; n < 20; n++) await follow(anna)

  expect((await anna.ask('GET /events')).body).toMatchObject({ status: 429, retryAfterSeconds: 30 })
})

test('how many streams are open is among the metrics', async () => {
  const running = await startTestDesk(desk)
  const { cookie } = await invite(running, 'operator', 'counted@shop.example')
  const open = () => openEvents(running, { path: '/desk/v1/events', cookie })
  const countOpen = async () => {
    const text = await (await fetch(`${running.url}/metrics`)).text()
    return Number(/^prilavok_desk_event_streams (\d+)$/m.exec(text)?.[1])
  }

  const [, leaves] = [await open(), await open()]
  await expect.poll(countOpen).toBe(2)
  leaves.leave()

  await expect.poll(countOpen).toBe(1)
})
