import { chatNotificationTypes, idOf, Type } from '#contract'
import { importReplies, type RunningDesk } from '#desk'
import { type Logger, systemClock } from '#kit'
import { type Demo, ensureDeskKey, type RunningMarket } from '#market'
import { AdminCalls } from '../connection/admin-calls.ts'
import { isLoopback } from '../connection/find-market.ts'
import type { Texts } from '../texts/index.ts'
import { demoReplies } from './demo-replies.ts'
import { findDeskSecret } from './desk-secret.ts'
import { deskBasis, startWithSecret } from './serve-desk.ts'
import { BuyerTrickle } from './trickle.ts'

type Beside = {
  running: RunningMarket
  demo: Demo
  host: string
  port: number
  databaseUrl: string
  dataFolder: string
  log: Logger
}
export type DemoDesk = { url: string; link: string; stop(): Promise<void> }

/** The desk of `up`: connected to the demo business as it would be to any, by address and key. */
export async function startDemoDesk(beside: Beside, texts: Texts): Promise<DemoDesk> {
  const { running: market, demo, dataFolder, host, port, databaseUrl, log } = beside
  const secret = await findDeskSecret(dataFolder, texts)
  const admin = () => new AdminCalls(market, texts)
  const trickle = new BuyerTrickle({ admin, businessId: demo.businessId, clock: systemClock, log })
  const options = { host, port, databaseUrl, log, trickle, flag: '--desk-port', ...deskBasis(dataFolder) }
  const running = await startWithSecret({ ...options, secret: await secret.require() }, dataFolder, texts)
  try {
    const cabinetId = await connectDemo(running, market, demo)
    const path = await running.desk.cabinets.notificationPath(cabinetId)
    await subscribe(admin(), demo, `${running.url}${path}`)
    const link = await running.ownerLink(texts.desk.owner)
    trickle.start()
    const stop = () => {
      trickle.stop()
      return running.stop()
    }
    return { url: running.url, link, stop }
  } catch (error) {
    await running.stop()
    throw error
  }
}

/** The cabinet of the demo; one of an earlier start, whose market had another port, is moved. */
async function connectDemo(
  { desk }: RunningDesk,
  { url: baseUrl, market }: RunningMarket,
  demo: Demo,
): Promise<bigint> {
  const { businessId } = demo
  const known = (await desk.cabinets.list()).filter(each => each.businessId === businessId && isLoopback(each.baseUrl))
  const same = known.find(cabinet => cabinet.baseUrl === baseUrl) ?? known[0]
  if (same) {
    if (same.baseUrl !== baseUrl || same.state === 'refused')
      await desk.cabinets.move(same.cabinetId, { baseUrl, apiKey: await ensureDeskKey(market, demo) })
    return same.cabinetId
  }
  const added = await desk.cabinets.add({ baseUrl, apiKey: await ensureDeskKey(market, demo), businessId })
  if (added.outcome !== 'added')
    throw new TypeError(`the demo business cannot be connected to the desk: ${added.outcome}`)
  const { cabinetId } = added.cabinet
  const rows = demoReplies.map((reply, row) => ({ row, reply }))
  await importReplies(desk.sql, cabinetId, rows)
  return cabinetId
}

const subscriptionName = 'Prilavok desk'
const Subscriptions = Type.Object({
  subscriptions: Type.Array(Type.Object({ subscriptionId: idOf<bigint>(''), name: Type.String(), url: Type.String() })),
})

/** So that a buyer's message is on the desk at once. What a person has changed of the subscription stays. */
async function subscribe(admin: AdminCalls, { businessId }: Demo, url: string): Promise<void> {
  const all = `/admin/v1/businesses/${businessId}/subscriptions` as const
  const { subscriptions } = await admin.ask(`GET ${all}`, Subscriptions)
  const known = subscriptions.find(({ name }) => name === subscriptionName)
  if (known === undefined)
    return admin.tell(`POST ${all}`, { name: subscriptionName, url, types: chatNotificationTypes })
  if (known.url !== url) await admin.tell(`PATCH ${all}/${known.subscriptionId}`, { url })
}
