import { beforeEach, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { useDesk } from '../support/desk-app.ts'
import { type Seeded, say, seedCabinet, seedChat } from '../support/desk-chats.ts'
import { type DeskPerson, signInOwner } from '../support/desk-person.ts'

// In Moscow it is half past nine of the 9th of May.
const desk = useDesk({ clock: makeManualClock(new Date('2026-05-09T06:30:00Z')) })
let owner: DeskPerson
let cabinetId: bigint

beforeEach(async () => {
  owner = await signInOwner(desk)
  cabinetId = await seedCabinet(desk.sql)
})

type Day = { startsAt: string; answers: number; averageSeconds?: number }

/** Of each day: when it began, how many answers, how many minutes on average. */
async function daysOf(query = `cabinetId=${cabinetId}`, timeZone = 'Europe/Moscow') {
  const { days } = await owner.get<{ days: Day[] }>(
    `GET /answer-times?timeZone=${encodeURIComponent(timeZone)}&${query}`,
  )
  return days.map(({ startsAt, answers, averageSeconds }) => [
    startsAt.slice(5, 16),
    ...[answers, averageSeconds === undefined ? undefined : averageSeconds / 60],
  ])
}

const talk = (...said: (readonly ['CUSTOMER' | 'PARTNER' | 'MARKET', string])[]): Promise<Seeded> =>
  seedChat(desk.sql, cabinetId, { said: said.map(([from, at]) => ({ from, at: `2026-05-${at}:00Z`, text: from })) })

test('an answer took as long as the first message had waited that nobody had answered', async () => {
  await talk(
    ['CUSTOMER', '09T05:00'],
    ['MARKET', '09T05:01'],
    ['CUSTOMER', '09T05:09'],
    ['PARTNER', '09T05:10'],
    ['PARTNER', '09T05:40'],
    ['CUSTOMER', '09T06:00'],
    ['PARTNER', '09T06:20'],
    ['CUSTOMER', '09T06:25'],
  )

  expect((await daysOf()).at(-1)).toEqual(['05-08T21:00', 2, 15])
})

test('days are those of the reader, seven with today; days without answers say so, older ones do not count', async () => {
  await talk(['CUSTOMER', '08T20:50'], ['PARTNER', '08T20:58'])
  await talk(['CUSTOMER', '08T20:50'], ['PARTNER', '08T21:00'])
  await talk(['CUSTOMER', '01T10:00'], ['PARTNER', '01T11:00'])

  expect(await daysOf()).toEqual([
    ...['05-02T21:00', '05-03T21:00', '05-04T21:00', '05-05T21:00', '05-06T21:00'].map(at => [at, 0, undefined]),
    ...[
      ['05-07T21:00', 1, 8],
      ['05-08T21:00', 1, 10],
    ],
  ])
  expect((await daysOf(undefined, 'UTC')).slice(-2)).toEqual([
    ['05-08T00:00', 2, 9],
    ['05-09T00:00', 0, undefined],
  ])
})

test('what the shop wrote first, and what needed no answer, is no answer time', async () => {
  await talk(['PARTNER', '09T05:00'])
  const chat = await talk(['PARTNER', '05T05:00'], ['CUSTOMER', '05T06:00'])
  const [, thanks] = chat.messageIds
  await owner.ask(`PUT ${chat.path}/done`, { json: { messageId: thanks } })
  await say(desk.sql, chat, { from: 'CUSTOMER', at: '2026-05-09T05:00:00Z', text: 'ещё вопрос' })
  await say(desk.sql, chat, { from: 'PARTNER', at: '2026-05-09T05:05:00Z', text: 'ответ' })

  expect((await daysOf()).at(-1)).toEqual(['05-08T21:00', 1, 5])
})

test('all cabinets count together, and each alone', async () => {
  await desk.sql`delete from desk.cabinets where cabinet_id <> ${cabinetId}`
  await talk(['CUSTOMER', '09T05:00'], ['PARTNER', '09T05:10'])
  const other = await seedCabinet(desk.sql)
  await seedChat(desk.sql, other, {
    said: [
      { from: 'CUSTOMER', at: '2026-05-09T05:00:00Z' },
      { from: 'PARTNER', at: '2026-05-09T05:30:00Z' },
    ],
  })

  expect((await daysOf('')).at(-1)).toEqual(['05-08T21:00', 2, 20])
  expect((await daysOf()).at(-1)).toEqual(['05-08T21:00', 1, 10])
  expect((await daysOf(`cabinetId=${other}`)).at(-1)).toEqual(['05-08T21:00', 1, 30])
})

test('a time zone that is none is refused with its name; nobody is told who is not signed in', async () => {
  for (const timeZone of ['Mars/Base', "UTC'--", '']) {
    const { status, text } = await owner.ask(`GET /answer-times?timeZone=${encodeURIComponent(timeZone)}`)
    expect([status, text.includes('timeZone')]).toEqual([400, true])
  }
  expect((await owner.ask('GET /answer-times?timeZone=UTC', { headers: { cookie: '' } })).status).toBe(401)
})
