import { decode, Type } from '#contract'
import { Problem } from '#kit'
import { type ConnectionFlags, findMarket, requireBusinessId } from '../connection/find-market.ts'
import { outputWidth, paint, print, printJson, say } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { attemptLines, eventRows, eventTable } from './event-lines.ts'
import { Delivery, type DeliveryFilter, readDeliveries, readReceivers, WholeDelivery } from './read-deliveries.ts'

type Flags = ConnectionFlags & { json?: true }

export async function listEvents(flags: Flags & DeliveryFilter, texts: Texts): Promise<void> {
  const { admin, businessId } = await marketOf(flags, texts)
  const { deliveries, isMore } = await readDeliveries(admin, businessId, flags)
  if (flags.json) for (const delivery of deliveries) printJson(delivery)
  else if (deliveries.length === 0) say(isFiltered(flags) ? texts.events.noneSuch : texts.events.none)
  else {
    const receivers = await readReceivers(admin, businessId)
    for (const line of eventTable(deliveries, { receivers, texts, maxWidth: outputWidth() })) print(line)
  }
  if (isMore && !flags.json) say(texts.events.more(deliveries.length))
}

const isFiltered = ({ state, type, chat }: DeliveryFilter) => (state ?? type ?? chat) !== undefined

/** Prints what is sent, letter for letter, and every attempt. */
export async function showEvent(event: string, flags: Flags, texts: Texts): Promise<void> {
  const { admin, businessId } = await marketOf(flags, texts)
  const path = `/admin/v1/businesses/${businessId}/deliveries/${encodeURIComponent(event)}` as const
  const whole = Object(await admin.askWhole(`GET ${path}`))
  if (flags.json) return printJson(whole)
  const read = decode(WholeDelivery, whole)
  if (!read.ok) throw new Problem(texts.connection.otherVersion(admin.url))
  const receivers = await readReceivers(admin, businessId)
  for (const line of eventRows(read.value.delivery, { receivers, texts })) print(line)
  print(`\n${JSON.stringify(whole.notification, asNumber, 2)}\n`)
  for (const line of attemptLines(read.value.attempts, texts)) print(line)
}

/** Each is told when it is done: one that is refused takes none of those before it back. */
export async function resendEvents(events: readonly string[], flags: Flags, texts: Texts): Promise<void> {
  const { admin, businessId } = await marketOf(flags, texts)
  for (const event of events) {
    const path = `/admin/v1/businesses/${businessId}/deliveries/${encodeURIComponent(event)}/replay` as const
    const { delivery } = await admin.ask(`POST ${path}`, Type.Object({ delivery: Delivery }))
    if (flags.json) printJson(delivery)
    else print(texts.events.resent(paint('bold', delivery.type), delivery.chatId))
  }
}

async function marketOf(flags: ConnectionFlags, texts: Texts) {
  const market = await findMarket(flags, texts)
  return { admin: market.admin, businessId: await requireBusinessId(market, texts) }
}

/** JSON.stringify knows no bigint; this is for eyes alone. */
function asNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}
