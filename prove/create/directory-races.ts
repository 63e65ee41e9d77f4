import { keysPerBusiness } from '#contract'
import { askAdmin, askAdminFor } from '../../test/support/admin.ts'
import { makeBusiness } from '../../test/support/business.ts'
import { ask, type Reply } from '../../test/support/http.ts'
import { atOnce, type Stage } from './stage.ts'

/** Callers put one order for two campaigns: it is of one of them for ever, as somebody of that one has put it. */
export async function orders(stage: Stage, count: number): Promise<string[]> {
  const { scene, market } = stage
  const path = `/businesses/${scene.businessId}` as const
  const { campaign } = await askAdminFor<{ campaign: { campaignId: number } }>(market, `POST ${path}/campaigns`, {
    ...{ domain: 'Вторая лавка', placementType: 'FBS' },
  })
  const orderId = BigInt(campaign.campaignId) + 5_000_000_000n
  const campaignIds = [scene.campaignId, campaign.campaignId]
  const answers = await atOnce(stage, count, async (at, turn) => {
    const campaignId = campaignIds[Math.floor(turn / 2) % 2]
    const items = [{ offerId: `${turn}`, name: 'Чайник', count: 1 }]
    const body = { campaignId, customerPublicId: scene.customer.publicId, items }
    return { campaignId, items, reply: await askAdmin(at, `PUT ${path}/orders/${orderId}`, body) }
  })
  const { order } = await askAdminFor<{ order: Put }>(market, `GET ${path}/orders/${orderId}`)
  const isOwn = (campaignId: unknown) => `${campaignId}` === `${order.campaignId}`
  const wrong = answers.filter(({ campaignId, reply }) => reply.status !== (isOwn(campaignId) ? 200 : 409))
  const isSomebodys = answers.some(
    ({ campaignId, items }) => isOwn(campaignId) && items[0]?.offerId === order.items[0]?.offerId,
  )
  return [
    ...wrong.map(
      ({ campaignId, reply }) =>
        `campaign ${campaignId} was answered ${reply.status}, the order is of ${order.campaignId}`,
    ),
    ...(isSomebodys ? [] : [`order ${orderId} is as nobody of its campaign has put it`]),
  ]
}

type Put = { campaignId: number; items: { offerId: string }[] }

export async function campaigns(stage: Stage, count: number): Promise<string[]> {
  const { businessId } = await makeBusiness(stage.market)
  const campaignId = businessId + 7_000_000_000n
  const body = { campaignId, domain: 'Лавка', placementType: 'FBS' }
  const answers = await atOnce(stage, count, at => askAdmin(at, `POST /businesses/${businessId}/campaigns`, body))
  return expectStatuses(answers, { 201: 1, 409: count - 1 })
}

export async function customers(stage: Stage, count: number): Promise<string[]> {
  const publicId = crypto.randomUUID()
  const answers = await atOnce(stage, count, (at, turn) =>
    askAdmin(at, `PUT /customers/${publicId}`, { name: `${turn}` }),
  )
  const rows = await stage.market.sql`select from market.customers where public_id = ${publicId}`
  return [...expectStatuses(answers, { 200: count }), ...(rows.count === 1 ? [] : [`${rows.count} customers`])]
}

type Made = { token: string; key: { keyId: number } }

/** Each gets a key of their own, which opens the business. */
export async function keys(stage: Stage, most: number): Promise<string[]> {
  const count = Math.min(most, keysPerBusiness - 1)
  const { businessId, campaignId } = await makeBusiness(stage.market)
  const body = { name: 'Ключ', scopes: ['communication'] }
  const made = await atOnce(stage, count, at => askAdmin(at, `POST /businesses/${businessId}/keys`, body))
  const tokens = made.map(reply => (reply.body as Made).token) // as the operation answers
  const opened = await atOnce(stage, count, (at, turn) => tryKey(at, tokens[turn] ?? '', campaignId))
  return [
    ...expectStatuses(made, { 201: count }),
    ...(new Set(tokens).size === count ? [] : ['two have the same token']),
    ...expectStatuses(opened, { 200: count }),
  ]
}

/** Whoever is told that a key is revoked does not see it open anything more at that process. */
export async function revocations(stage: Stage, count: number): Promise<string[]> {
  const { businessId, campaignId } = await makeBusiness(stage.market)
  const path = `/businesses/${businessId}/keys` as const
  const { token, key } = await askAdminFor<Made>(stage.market, `POST ${path}`, {
    name: 'Ключ',
    scopes: ['communication'],
  })
  const answers = await atOnce(stage, count, async (at, turn) => {
    if (turn % 4 > 1) return { revoked: undefined, tried: await tryKey(at, token, campaignId) }
    const revoked = await askAdmin(at, `DELETE ${path}/${key.keyId}`)
    return { revoked, tried: await tryKey(at, token, campaignId) }
  })
  const revoked = answers.flatMap(answer => answer.revoked ?? [])
  const after = answers.filter(answer => answer.revoked !== undefined).map(({ tried }) => tried)
  return [...expectStatuses(revoked, { 204: revoked.length }), ...expectStatuses(after, { 401: after.length })]
}

function tryKey({ url }: { url: string }, token: string, campaignId: bigint): Promise<Reply> {
  return ask(`${url}/v2/campaigns/${campaignId}`, { headers: { 'api-key': token } })
}

const subscriptionsPerBusiness = 50

/** All but one are made; who comes first gets the last. */
export async function subscriptions(stage: Stage, count: number): Promise<string[]> {
  const { businessId } = await makeBusiness(stage.market)
  const path = `/businesses/${businessId}/subscriptions` as const
  const body = { name: 'CRM', url: 'https://shop.example/', types: ['CHAT_MESSAGE_SENT'], isEnabled: false }
  const make = (at: { url: string; adminToken: string }) => askAdmin(at, `POST ${path}`, body)
  await atOnce(stage, subscriptionsPerBusiness - 1, make)
  const answers = await atOnce(stage, count, make)
  const { subscriptions: left } = await askAdminFor<{ subscriptions: unknown[] }>(stage.market, `GET ${path}`)
  return [
    ...expectStatuses(answers, { 201: 1, 409: count - 1 }),
    ...(left.length === subscriptionsPerBusiness ? [] : [`the business has ${left.length} subscriptions`]),
  ]
}

function expectStatuses(answers: readonly Reply[], wanted: Record<number, number>): string[] {
  const counts = Map.groupBy(answers, ({ status }) => status)
  const statuses = new Set([...counts.keys(), ...Object.keys(wanted).map(Number)])
  return [...statuses]
    .filter(status => (counts.get(status)?.length ?? 0) !== (wanted[status] ?? 0))
    .map(
      status =>
        `${counts.get(status)?.length ?? 0} were answered ${status}, not ${wanted[status] ?? 0}: ${counts.get(status)?.[0]?.text ?? ''}`,
    )
}
