import { type BusinessId, type ChatNotificationType, idOf, int32, oneOf, type Static, Type } from '#contract'
import { Problem } from '#kit'
import { type AdminCalls, Refused } from '../connection/admin-calls.ts'
import { isLoopback } from '../connection/find-market.ts'
import type { Texts } from '../texts/index.ts'
import { isListening } from './receiver.ts'

const Subscription = Type.Object({
  subscriptionId: idOf<bigint>('The subscription.'),
  name: Type.String(),
  url: Type.String(),
  state: oneOf(['ENABLED', 'DISABLED', 'FAILED']),
  cancelled: int32(),
  waiting: int32(),
  nextAttemptAt: Type.Optional(Type.String()),
})
export type Subscription = Static<typeof Subscription>
const All = Type.Object({ subscriptions: Type.Array(Subscription) })
const One = Type.Object({ subscription: Subscription })

type Wanted = { name: string; url: string; types: readonly ChatNotificationType[]; texts: Texts }

export type PingFailure = { reason: string; status?: number }

type Calls = { admin: AdminCalls; all: `/${string}` }

/** The subscription of one `prilavok listen`. */
export class ListenSubscription {
  /** As it was taken: not enabled yet. */
  readonly taken: Subscription
  readonly #admin: AdminCalls
  readonly #all: `/${string}`
  readonly #words: Texts['listen']

  private constructor(calls: Calls, taken: Subscription, { listen }: Texts) {
    this.#admin = calls.admin
    this.#all = calls.all
    this.#words = listen
    this.taken = taken
  }

  /** The last one of this name whose listener is gone, with all that it was told; else a new one. */
  static async take(
    admin: AdminCalls,
    businessId: BusinessId,
    { texts, ...wanted }: Wanted,
  ): Promise<ListenSubscription> {
    const all = `/admin/v1/businesses/${businessId}/subscriptions` as const
    const { subscriptions } = await admin.ask(`GET ${all}`, All)
    const left = await findLeft(subscriptions.filter(({ name }) => name === wanted.name))
    const asked = left
      ? reuse({ admin, all }, left, wanted)
      : admin.ask(`POST ${all}`, One, { ...wanted, isEnabled: false })
    const { subscription } = await asked.catch(error => explainAddress(error, wanted.url, texts))
    return new ListenSubscription({ admin, all }, subscription, texts)
  }

  /** Has the market send PING. Returns the failure if it was not answered as it must be. */
  async enable(): Promise<PingFailure | undefined> {
    try {
      await this.#admin.tell(`POST ${this.#all}/${this.taken.subscriptionId}/enable`)
      return undefined
    } catch (error) {
      if (error instanceof Refused && error.body.failure) return error.body.failure
      throw error
    }
  }

  /** Has what waits tried at once. Returns why not, if the market refuses. */
  async retry(): Promise<string | undefined> {
    try {
      await this.#admin.tell(`POST ${this.#all}/${this.taken.subscriptionId}/retry`)
      return undefined
    } catch (error) {
      if (error instanceof Problem) return error.message
      throw error
    }
  }

  async read(): Promise<Subscription> {
    const { subscriptions } = await this.#admin.ask(`GET ${this.#all}`, All)
    const found = subscriptions.find(({ subscriptionId }) => subscriptionId === this.taken.subscriptionId)
    // Two that begin at one moment may take the same one.
    if (found?.url === this.taken.url) return found
    throw new Problem(this.#words.gone)
  }

  /** Disables it: what it was told stays to be looked at. Somebody else may have removed it meanwhile. */
  async leave(): Promise<void> {
    await this.#admin.tell(`POST ${this.#all}/${this.taken.subscriptionId}/disable`).catch(error => {
      if (!(error instanceof Refused && error.status === 404)) throw error
    })
  }
}

async function findLeft(namesakes: readonly Subscription[]): Promise<Subscription | undefined> {
  for (const each of namesakes.toReversed()) if (!(await isListening(each.url))) return each
  return undefined
}

/** Disabled first: one that is enabled would take no address that has not answered PING. */
async function reuse(
  { admin, all }: Calls,
  { subscriptionId }: Subscription,
  { url, types }: Omit<Wanted, 'texts'>,
): Promise<Static<typeof One>> {
  await admin.tell(`POST ${all}/${subscriptionId}/disable`)
  return admin.ask(`PATCH ${all}/${subscriptionId}`, One, { url, types })
}

function explainAddress(error: unknown, url: string, { listen }: Texts): never {
  const isUrlRefused = error instanceof Refused && error.body.errors?.some(({ at }) => at === 'url')
  if (!isUrlRefused || !isLoopback(url)) throw error
  throw new Problem(listen.localRefused, { cause: error })
}
