import { type BuiltCall, buildCall, type Ids, type Shape, shapesOf, type Words } from '../api/build-call.ts'
import type { Route } from '../api/routes.ts'
import { askRaw, type RawAnswer } from './ask-raw.ts'
import type { Caller } from './callers.ts'
import { absentIds, type Tenant } from './tenant.ts'

export type Attack = {
  url: string
  callers: readonly Caller[]
  victim: Tenant
  strangers: readonly Tenant[]
  words: Words
}

type Finding = { kind: 'holds' | 'differs' | 'status'; line: string }

export type Attacked = { calls: number; hasOpened: boolean; found: Finding[] }

/** A storefront shows which businesses there are, and a customer may ask any of them for a chat. */
const publicSlots: Record<string, readonly string[]> = { openChatAsCustomer: ['businessId'] }

/** Every caller calls a route with ids of their own, of the victim and of nobody, each id alone and all together. */
export async function attackRoute(attack: Attack, route: Route): Promise<Attacked> {
  const all: Attacked = { calls: 0, hasOpened: false, found: [] }
  for (const shape of shapesOf(route)) {
    const each = await Promise.all(attack.callers.map(caller => attackAs(attack, shape, caller)))
    for (const { calls, hasOpened, found } of each) {
      all.calls += calls
      all.hasOpened ||= hasOpened
      all.found.push(...found)
    }
  }
  return all
}

async function attackAs({ url, victim, strangers, words }: Attack, shape: Shape, caller: Caller): Promise<Attacked> {
  const { route } = shape
  const { ids } = caller.tenant
  const found: Finding[] = []
  const foreign = strangers.filter(tenant => tenant !== caller.tenant).map(({ canary }) => canary)
  let calls = 0
  const ask = async (call: BuiltCall, what: string): Promise<RawAnswer> => {
    calls++
    const answer = await askRaw(url, call, caller.token)
    const told = `${caller.name}: ${call.verb} ${call.path} ${call.body ?? ''} with ${what} ids was answered ${answer.status}`
    for (const canary of foreign)
      if (answer.text.includes(canary) || answer.headers.includes(canary))
        found.push({ kind: 'holds', line: `${told}, which holds ${canary}: ${answer.text.slice(0, 300)}` })
    if (answer.status >= 500) found.push({ kind: 'status', line: `${told} ${answer.text.slice(0, 300)}` })
    return answer
  }

  const { call, slots } = buildCall(shape, ids, words)
  const own = await ask(call, 'own')
  if (!caller.mayCall(route) && ![401, 403].includes(own.status))
    found.push({ kind: 'status', line: `${caller.name} may not call ${route.name}, and was answered ${own.status}` })
  if (own.status === 401) {
    const other = await ask(buildCall(shape, replace(ids, victim.ids, slots), words).call, "all another's")
    if (wordsOf(other, {}, []) !== wordsOf(own, {}, []))
      found.push({ kind: 'differs', line: `${caller.name} is told by ${route.name} whose ids they are: ${other.text}` })
  }
  for (const replaced of own.status === 401 ? [] : caller.mayCall(route) ? sets(slots) : [slots]) {
    const other = await ask(buildCall(shape, replace(ids, victim.ids, replaced), words).call, `another's ${replaced}`)
    const absent = await ask(
      buildCall(shape, replace(ids, absentIds(victim.ids), replaced), words).call,
      `absent ${replaced}`,
    )
    if (replaced.some(slot => publicSlots[route.name]?.includes(slot))) continue
    const [one, two] = [wordsOf(other, victim.ids, replaced), wordsOf(absent, absentIds(victim.ids), replaced)]
    if (one !== two)
      found.push({
        kind: 'differs',
        line: `${caller.name} is told by ${route.name} whose ${replaced} it is: ${one} — or of nobody: ${two}`,
      })
  }
  return { calls, hasOpened: caller.mayCall(route) && own.status < 300, found }
}

/** Each alone, and all. */
function sets(slots: readonly string[]): (readonly string[])[] {
  return slots.length > 1 ? [...slots.map(slot => [slot]), slots] : slots.map(slot => [slot])
}

function replace(own: Ids, by: Ids, slots: readonly string[]): Ids {
  return { ...own, ...Object.fromEntries(slots.map(slot => [slot, by[slot] ?? ''])) }
}

/** All that an answer says but the ids that were asked for. */
function wordsOf({ status, headers, text }: RawAnswer, ids: Ids, slots: readonly string[]): string {
  const words = `${status} ${headers} ${text}`
  return slots
    .map(slot => ids[slot] ?? '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, id) => left.replace(new RegExp(`(?<!\\d)${RegExp.escape(id)}(?!\\d)`, 'g'), '…'), words)
}
