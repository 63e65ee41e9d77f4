import { setTimeout as pause } from 'node:timers/promises'
import { type BusinessId, type ChatId, idOf, Type } from '#contract'
import { Problem } from '#kit'
import { type AdminCalls, Refused } from '../../connection/admin-calls.ts'
import { type ConnectionFlags, findMarket } from '../../connection/find-market.ts'
import { Interrupt } from '../../terminal/interrupt.ts'
import { print } from '../../terminal/print.ts'
import { onOneLine } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'
import { readRecording } from '../recorder/recording.ts'
import { type Event, scenarioOf } from './scenario.ts'
import { recordedFile, stateOf } from './state-of.ts'

type Flags = ConnectionFlags & { fast?: true; faults?: true; atOnce?: true }

const lookEveryMs = 500
const patienceMs = 10 * 60_000

const Imported = Type.Object({
  businesses: Type.Array(
    Type.Object({ businessId: idOf<BusinessId>('The business.'), chatIds: Type.Array(idOf<ChatId>('The chat.')) }),
  ),
  keys: Type.Array(Type.Object({ token: Type.String() })),
})
const Requests = Type.Object({ requests: Type.Array(Type.Object({})) })

/** Puts what stood before a recording into a business of its own, then lets happen what came, in its order and at its pace. */
export async function replay(path: string, flags: Flags, texts: Texts): Promise<void> {
  const recording = await readRecording(path, texts)
  const scenario = scenarioOf(recording)
  const events = scenario.events.filter(({ what }) => flags.faults || what !== 'fault')
  if (scenario.chats.length === 0) throw new Problem(texts.record.noChats(path))
  const { admin } = await findMarket(flags, texts)
  const { startedAt } = recording.head
  const state = stateOf(scenario, { name: texts.record.businessName, startedAt })
  const { businesses, keys } = await put(admin, { state, files: [recordedFile] }, texts)
  const [business] = businesses
  if (!business) throw new Problem(texts.connection.otherVersion(admin.url))
  const { businessId, chatIds } = business
  print(texts.record.shopIs(admin.url, businessId, keys[0]?.token ?? ''))
  using interrupt = new Interrupt()
  const wait = (ms: number) => pause(ms, undefined, { signal: interrupt.signal })
  try {
    if (!flags.atOnce) {
      print(texts.record.waits)
      while (!(await wasCalled(admin, businessId))) await wait(lookEveryMs)
    }
    const begunAt = performance.now()
    for (const event of events) {
      const dueMs = flags.fast ? 0 : begunAt + event.afterMs - performance.now()
      if (dueMs > 0) await wait(dueMs)
      await act(admin, event, { businessId, chatIds })
      print(lineOf(event, chatIds, texts.attempts))
    }
  } catch (error) {
    if (!interrupt.first) throw error
  }
  print(texts.record.replayed(texts.record.events(events.length)))
}

function put(admin: AdminCalls, body: object, { record }: Texts) {
  return admin
    .patiently(patienceMs)
    .ask('POST /lab/v1/state', Imported, body)
    .catch(error => {
      const hasNoLab = error instanceof Refused && error.status === 404
      throw hasNoLab ? new Problem(record.noLab(admin.url), { cause: error }) : error
    })
}

async function wasCalled(admin: AdminCalls, businessId: BusinessId): Promise<boolean> {
  const { requests } = await admin.ask(`GET /admin/v1/businesses/${businessId}/requests?limit=1`, Requests)
  return requests.length > 0
}

type Place = { businessId: BusinessId; chatIds: readonly ChatId[] }

async function act(admin: AdminCalls, event: Event, { businessId, chatIds }: Place): Promise<void> {
  if (event.what === 'fault') {
    const { operation, fault } = event
    return admin.tell('POST /lab/v1/faults', { target: 'api', fault, operation, businessId, budget: 1 })
  }
  const path = `/admin/v1/businesses/${businessId}/chats/${chatIds[event.chat]}` as const
  if (event.file === undefined) return admin.tell(`POST ${path}/${event.from}-messages`, { text: event.text })
  const form = new FormData()
  form.set('file', new Blob([Buffer.from(recordedFile.content, 'base64')]), event.file)
  return admin.tell(`POST ${path}/customer-files`, form)
}

function lineOf(event: Event, chatIds: readonly ChatId[], words: Texts['attempts']): string {
  if (event.what === 'fault') return `${event.operation.padEnd(24)} ${event.fault}`
  return `${`${words.chat(chatIds[event.chat] ?? 0n)}, ${event.from}`.padEnd(24)} ${onOneLine(event.text)}`
}
