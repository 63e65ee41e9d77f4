import { expect, test } from 'vitest'
import type { Cabinet } from '#desk-protocol'
import { standOf } from './stand.ts'

const makeCabinet = (cabinetId: number, freshness: Partial<Cabinet['freshness']>): Cabinet => ({
  cabinetId,
  name: `Кабинет ${cabinetId}`,
  baseUrl: 'http://localhost',
  isYandex: false,
  businessId: 7,
  keyName: '',
  scopes: [],
  canWrite: true,
  canReadOrders: true,
  state: 'active',
  campaigns: [],
  freshness: { phase: 'live', isMirrored: true, waitingAnswers: 0, chatsDone: 1, chatsKnown: 2, gaps: 0, ...freshness },
})

test('a market that is away is told before everything else, with all answers that wait', () => {
  const stand = standOf([
    makeCabinet(1, { phase: 'reading', waitingAnswers: 1 }),
    makeCabinet(2, { phase: 'away', awaySince: '2026-03-01T12:04:00Z', waitingAnswers: 2 }),
  ])

  expect(stand).toMatchObject({ kind: 'away', tone: 'lost', waiting: 3, cabinetId: '2' })
  expect(stand.awaySince?.toISOString()).toBe('2026-03-01T12:04:00.000Z')
})

test('of cabinets that are all well, the one that was checked longest ago is told', () => {
  const stand = standOf([
    makeCabinet(1, { checkedAt: '2026-03-01T12:00:09Z' }),
    makeCabinet(2, { checkedAt: '2026-03-01T12:00:01Z', gaps: 1 }),
  ])

  expect(stand).toMatchObject({ kind: 'live', tone: 'live', gaps: 1 })
  expect(stand.checkedAt?.toISOString()).toBe('2026-03-01T12:00:01.000Z')
  expect(stand.cabinetId).toBeUndefined()
})

test('a first mirror is told with its progress', () => {
  expect(standOf([makeCabinet(1, { phase: 'reading', chatsDone: 5, chatsKnown: 9 })])).toMatchObject({
    kind: 'reading',
    tone: 'late',
    done: 5,
    known: 9,
  })
})
