import { setTimeout as after } from 'node:timers/promises'
import pg from 'pg'
import { admit } from './admit.ts'
import { PooledError } from './errors.ts'

export type Listening = { unlisten(): Promise<void> }

type Plan = { channel: string; onMessage: (payload: string) => void; onHearing: () => void }

const againAfterMs = 200
const checkEveryMs = 10_000
const answerTimeoutMs = 5_000

/** LISTEN on a connection of its own, made again whenever it is lost. Rejects if the first one cannot be made. */
export async function listen(config: pg.ClientConfig, plan: Plan): Promise<Listening> {
  const stop = new AbortController()
  const first = await hear(config, plan)
  const keeping = keepHearing(first, { config, plan, signal: stop.signal })
  return {
    async unlisten() {
      stop.abort()
      await keeping
    },
  }
}

const listenTo = (channel: string) => `listen ${pg.escapeIdentifier(channel)}`

async function hear(config: pg.ClientConfig, { channel, onMessage, onHearing }: Plan): Promise<pg.Client> {
  const client = new pg.Client({ ...config, query_timeout: answerTimeoutMs })
  client.on('error', () => {}) // its end is waited for
  client.on('notification', ({ payload }) => onMessage(payload ?? ''))
  try {
    await client.connect()
    if ((await admit(client, {})).isPooled) throw new PooledError('a pooler passes no notifications on')
    await client.query(listenTo(channel))
  } catch (error) {
    await client.end().catch(() => {}) // it is of no use any more
    throw error
  }
  onHearing()
  return client
}

type Keeping = { config: pg.ClientConfig; plan: Plan; signal: AbortSignal }

async function keepHearing(first: pg.Client, keeping: Keeping): Promise<void> {
  const { config, plan, signal } = keeping
  let client: pg.Client | undefined = first
  while (!signal.aborted) {
    if (client) await lossOf(client, keeping)
    client = undefined
    if (signal.aborted) return
    client = await hear(config, plan).catch(() => undefined)
    if (!client) await after(againAfterMs, undefined, { signal }).catch(() => {}) // told to stop
  }
  await client?.end().catch(() => {}) // it ends
}

/** Resolves when the connection is lost, or answers no more, or is not wanted any more; it is ended then. */
async function lossOf(client: pg.Client, { plan, signal }: Keeping): Promise<void> {
  const lost = new Promise<void>(resolve => client.once('end', () => resolve()))
  // To listen again changes nothing, and shows whether the line is alive.
  const check = () => client.query(listenTo(plan.channel)).catch(() => client.end())
  const checking = setInterval(() => void check(), checkEveryMs).unref()
  const stopped = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
  await Promise.race([lost, stopped])
  clearInterval(checking)
  await client.end().catch(() => {}) // it may be gone already
}
