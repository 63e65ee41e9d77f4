import type { Sql } from '#database'
import type { Clock } from '#kit'
import { HttpProblem, problems } from '#serving'
import type { Cabinets } from '../../cabinets/cabinets.ts'
import type { Bus } from '../../live/bus.ts'
import { listSyncFacts } from '../../store/cabinet-facts.ts'
import type { CabinetRow } from '../../store/cabinets.ts'
import { listGaps } from '../../store/ledger.ts'
import { findSync, wantProof } from '../../store/syncs.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/cabinets.ts'
import type { Cabinet } from '../shapes/cabinet.ts'
import { cabinetView, syncView } from './cabinet-view.ts'
import { noSuchCabinet } from './require.ts'

type Needs = { sql: Sql; clock: Clock; cabinets: Cabinets }

const gapsMax = 10_000

export const listCabinets = personalEndpoint(operations.listCabinets, async ({ sql, clock, cabinets }: Needs) => {
  const [rows, facts] = await Promise.all([cabinets.list(), listSyncFacts(sql, clock.now())])
  const factsOf = new Map(facts.map(each => [each.cabinetId, each]))
  return { cabinets: rows.map(row => cabinetView(row, factsOf.get(row.cabinetId))) }
})

export const checkKey = personalEndpoint(operations.checkKey, async ({ cabinets }: Needs, { body }) => {
  const checked = await cabinets.check({ ...body, apiKey: body.apiKey.trim() })
  if (isUnopened(checked)) throw notOpened(checked)
  return checked.key
})

export const addCabinet = personalEndpoint(operations.addCabinet, async (needs: Needs, { body }) => {
  const { apiKey, name, ...wanted } = body
  const kept = name === undefined ? {} : { name }
  const added = await needs.cabinets.add({ ...wanted, ...kept, apiKey: apiKey.trim() })
  if (added.outcome === 'known')
    throw problems.conflict('The desk is connected to this business of this market already.')
  if (isUnopened(added)) throw notOpened(added)
  return cabinetView(added.cabinet, undefined)
})

export const updateCabinet = personalEndpoint(operations.updateCabinet, async (needs: Needs, { params, body }) => {
  const { cabinets } = needs
  const { cabinetId } = params
  await requireRow(needs, cabinetId)
  // The key first: whatever is wrong with it, nothing is changed then.
  if (body.apiKey !== undefined) {
    const changed = await cabinets.changeKey(cabinetId, body.apiKey.trim())
    if (isUnopened(changed)) throw notOpened(changed)
    if (changed.outcome === 'unknown') throw noSuchCabinet()
  }
  if (body.name !== undefined) await cabinets.rename(cabinetId, body.name)
  if (body.state !== undefined && !(await cabinets.setState(cabinetId, body.state)))
    throw problems.conflict('The market refuses the key of this cabinet: give it another.')
  return viewOf(needs, await requireRow(needs, cabinetId))
})

export const removeCabinet = personalEndpoint(operations.removeCabinet, async ({ cabinets }: Needs, { params }) => {
  if (!(await cabinets.remove(params.cabinetId))) throw noSuchCabinet()
  return undefined
})

export const readSync = personalEndpoint(
  operations.readSync,
  async (needs: Needs & { publicUrl: () => string }, { params: { cabinetId } }) => {
    const row = await requireRow(needs, cabinetId)
    const { sql, clock } = needs
    const [sync, gaps] = await Promise.all([
      findSync(sql, cabinetId),
      listGaps(sql, cabinetId, { now: clock.now(), limit: gapsMax }),
    ])
    const path = (await needs.cabinets.notificationPath(cabinetId)) ?? ''
    return syncView(row, { sync, gaps, notificationUrl: needs.publicUrl() + path })
  },
)

export const startProof = personalEndpoint(
  operations.startProof,
  async ({ sql, clock, bus }: Needs & { bus: Pick<Bus, 'publish'> }, { params: { cabinetId } }) => {
    if (!(await wantProof(sql, cabinetId, clock.now()))) throw noSuchCabinet()
    bus.publish({ about: 'proof', cabinetId: `${cabinetId}` })
    return undefined
  },
)

async function requireRow({ cabinets }: Needs, cabinetId: bigint): Promise<CabinetRow> {
  const row = await cabinets.find(cabinetId)
  if (row === undefined) throw noSuchCabinet()
  return row
}

async function viewOf({ sql, clock }: Needs, row: CabinetRow): Promise<Cabinet> {
  const facts = await listSyncFacts(sql, clock.now())
  return cabinetView(
    row,
    facts.find(({ cabinetId }) => cabinetId === row.cabinetId),
  )
}

const words = {
  refused: 'The market does not take this key for chats',
  away: 'The market does not answer: check its address, or try again',
  invalid: 'This is not an address and a key that can be asked with',
  notOpened: 'The key opens other businesses than this one',
}

type Unopened = { outcome: keyof typeof words; why?: string }

function isUnopened<Tried extends { outcome: string }>(tried: Tried): tried is Extract<Tried, Unopened> {
  return Object.hasOwn(words, tried.outcome)
}

/** `why` is a word for programs; the market's own words stand in the detail. */
function notOpened({ outcome, why }: Unopened): HttpProblem {
  return new HttpProblem(422, `${words[outcome]}${why === undefined ? '' : `: ${why}`}.`, { why: outcome })
}
