import { parseRestDay } from '#contract'
import { actsTowards } from './acts.ts'
import type { State, StateBusiness, StateChat, StateMessage, StateOrder } from './declaration.ts'
import type { StateIssue, StateRule } from './issues.ts'
import { isTime } from './times.ts'

type Report = (rule: StateRule, at: string) => void
/** What the parts of a state may refer to. */
type Known = { customers: ReadonlySet<string>; orders: ReadonlySet<bigint>; returns: ReadonlySet<bigint> }

/** All that is wrong with a state that has the right form. `files`: the paths that there are; undefined if nobody has looked. */
export function checkState(state: State, files?: { has(path: string): boolean }): StateIssue[] {
  const issues: StateIssue[] = []
  const report: Report = (rule, at) => issues.push({ rule, at })
  const customers = distinct(
    (state.customers ?? []).map(({ id }, n) => [id, `customers[${n}].id`]),
    report,
  )
  const businesses = state.businesses ?? []
  distinct(given(businesses, 'businesses'), report)
  distinct(
    businesses.flatMap((business, n) => given(business.campaigns ?? [], `businesses[${n}].campaigns`)),
    report,
  )
  for (const [n, business] of businesses.entries())
    checkBusiness(business, customers, { at: `businesses[${n}]`, report, files })
  return issues
}

type Place = { at: string; report: Report; files?: { has(path: string): boolean } | undefined }

function checkBusiness(business: StateBusiness, customers: ReadonlySet<string>, place: Place): void {
  const { at, report } = place
  const orders = (business.campaigns ?? []).flatMap((campaign, n) =>
    (campaign.orders ?? []).map((order, m) => ({ order, at: `${at}.campaigns[${n}].orders[${m}]` })),
  )
  const known: Known = {
    customers,
    orders: distinct(
      orders.map(({ order, at }) => [order.id, `${at}.id`]),
      report,
    ),
    returns: distinct(
      orders.flatMap(({ order, at }) => (order.returns ?? []).map((id, n) => [id, `${at}.returns[${n}]`] as const)),
      report,
    ),
  }
  for (const { order, at } of orders) checkOrder(order, known, { at, report })
  for (const [n, id] of (business.subscribers ?? []).entries())
    if (!customers.has(id)) report('no such customer', `${at}.subscribers[${n}]`)
  const chats = (business.chats ?? []).map((chat, n) => ({ chat, at: `${at}.chats[${n}]` }))
  for (const { chat, at } of chats) checkChat(chat, known, { ...place, at })
  const subjects = chats.map(({ chat, at }) => [`${chat.order}/${chat.return}/${chat.customer}`, at] as const)
  distinct(subjects, (_rule, at) => report('has another chat', at))
}

function checkOrder(
  { customer, created, delivery = {} }: StateOrder,
  { customers }: Known,
  { at, report }: Place,
): void {
  if (!customers.has(customer)) report('no such customer', `${at}.customer`)
  if (created !== undefined && !isTime(created, false)) report('not a time', `${at}.created`)
  for (const name of ['shipmentDate', 'fromDate', 'toDate'] as const)
    if (delivery[name] !== undefined && !parseRestDay(delivery[name])) report('not a day', `${at}.delivery.${name}`)
  const { fromDate, toDate } = delivery
  if (toDate !== undefined && (fromDate === undefined || toDate < fromDate))
    report('days in the wrong order', `${at}.delivery.toDate`)
}

function checkChat(chat: StateChat, known: Known, place: Place): void {
  const { at, report } = place
  const subjects = [chat.order, chat.return, chat.customer].filter(subject => subject !== undefined)
  if (subjects.length !== 1) report('about one thing', at)
  if (chat.order !== undefined && !known.orders.has(chat.order)) report('no such order', `${at}.order`)
  if (chat.return !== undefined && !known.returns.has(chat.return)) report('no such return', `${at}.return`)
  if (chat.customer !== undefined && !known.customers.has(chat.customer)) report('no such customer', `${at}.customer`)
  if (chat.opened !== undefined && !isTime(chat.opened, false)) report('not a time', `${at}.opened`)
  const messages = chat.messages ?? []
  for (const [n, message] of messages.entries()) {
    const hasBefore = n > 0 || chat.opened !== undefined
    if (message.at !== undefined && !isTime(message.at, hasBefore)) report('not a time', `${at}.messages[${n}].at`)
    checkMessage(message, { ...place, at: `${at}.messages[${n}]` })
  }
  if (actsTowards(chat) === undefined)
    report('cannot become this', chat.status === undefined ? `${at}.type` : `${at}.status`)
}

function checkMessage({ from, text, file, name, sticker }: StateMessage, { at, report, files }: Place): void {
  if ([text, file, sticker].filter(content => content !== undefined).length !== 1) report('one content', at)
  if (sticker !== undefined && from !== 'customer') report('only a customer', `${at}.sticker`)
  if (name !== undefined && file === undefined) report('name without file', `${at}.name`)
  if (file !== undefined && files && !files.has(file)) report('no such file', `${at}.file`)
}

function given<Id>(list: readonly { id?: Id }[], at: string): (readonly [Id, string])[] {
  return list.flatMap(({ id }, n) => (id === undefined ? [] : [[id, `${at}[${n}].id`] as const]))
}

/** The things as a set; each that is there twice is reported where it is the second time. */
function distinct<Thing>(things: readonly (readonly [Thing, string])[], report: Report): Set<Thing> {
  const found = new Set<Thing>()
  for (const [thing, at] of things) {
    if (found.has(thing)) report('there twice', at)
    found.add(thing)
  }
  return found
}
