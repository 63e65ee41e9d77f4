import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { ask } from '../../test/support/http.ts'

export type Counter = {
  cabinetId: bigint
  chatIds: readonly bigint[]
}

export type Written = { cabinetId: bigint; chatId: bigint; answerId: string; text: string }

type Operator = {
  urls: () => readonly string[]
  cookie: string
  counter: Counter
  isOver: () => boolean
  /** Called when a desk has said that it keeps the answer. */
  onTaken(written: Written): void
}

const patienceMs = 3_000
const pauseMs = 250

/** Answers in one chat after the other. What was not taken for certain is given to a desk again, under the same id. */
export async function operate({ urls, cookie, counter, isOver, onTaken }: Operator, name: string): Promise<void> {
  const { cabinetId, chatIds } = counter
  for (let turn = 0; !isOver(); turn++) {
    // Every tenth is the same in its chat, as thanks are.
    const text = turn % 10 === 0 ? 'Спасибо!' : `Ответ ${turn} от ${name}`
    const written = { cabinetId, chatId: chatIds[turn % chatIds.length] ?? 0n, answerId: randomUUID(), text }
    if (await give(written, { urls, cookie, isOver })) onTaken(written)
    await wait(pauseMs)
  }
}

async function give(
  { cabinetId, chatId, answerId, text }: Written,
  { urls, cookie, isOver }: Pick<Operator, 'urls' | 'cookie' | 'isOver'>,
): Promise<boolean> {
  for (let attempt = 0; !isOver(); attempt++) {
    const all = urls()
    const url = all[attempt % Math.max(all.length, 1)]
    const path = `/cabinets/${cabinetId}/chats/${chatId}/answers`
    const status = url && (await post({ url, cookie }, path, { answerId, text }))
    if (status === 201) return true
    if (typeof status === 'number' && status < 500) throw new Error(`a desk refused an answer with ${status}`)
    await wait(pauseMs)
  }
  return false
}

/** The status; undefined if there was no answer. */
export async function post(
  { url, cookie }: { url: string; cookie: string },
  path: string,
  json?: unknown,
): Promise<number | undefined> {
  const signal = AbortSignal.timeout(patienceMs)
  const headers = { cookie, 'x-prilavok-desk': '1' }
  const asked = ask(`${url}/desk/v1${path}`, { method: 'POST', headers, signal, ...(json !== undefined && { json }) })
  return asked.then(
    ({ status }) => status,
    () => undefined,
  )
}
