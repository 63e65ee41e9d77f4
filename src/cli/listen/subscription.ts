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
})
export type Subscription = Static<typeof Subscription>
const All = Type.Object({ subscriptions: Type.Array(Subscription) })
const Made = Type.Object({ subscription: Subscription, secret: Type.String() })

type Wanted = { name: string; url: string; types: readonly ChatNotificationType[]; texts: Texts }

type Calls = { admin: AdminCalls; all: `/${string}` }

/** The subscription of one `prilavok listen`. */
export class ListenSubscription {
  /** As it was made: not enabled yet. */
  readonly made: Subscription
  readonly secret: string
  readonly #admin: AdminCalls
  readonly #all: `/${string}`
  readonly #words: Texts['listen']

  private constructor(calls: Calls, { subscription, secret }: Static<typeof Made>, { listen }: Texts) {
    this.#admin = calls.admin
    this.#all = calls.all
    this.#words = listen
    this.made = subscription
    this.secret = secret
  }

  /** Makes it. One of the same name whose listener was killed is removed before. */
  static async make(
    admin: AdminCalls,
    businessId: BusinessId,
    { texts, ...wanted }: Wanted,
  ): Promise<ListenSubscription> {
    const all = `/admin/v1/businesses/${businessId}/subscriptions` as const
    const { subscriptions } = await admin.ask(`GET ${all}`, All)
    const namesakes = subscriptions.filter(({ name }) => name === wanted.name)
    for (const { subscriptionId, url } of namesakes)
      if (!(await isListening(url))) await remove(admin, `${all}/${subscriptionId}`)
    const body = { ...wanted, isEnabled: false }
    const made = await admin.ask(`POST ${all}`, Made, body).catch(error => explainAddress(error, wanted.url, texts))
    return new ListenSubscription({ admin, all }, made, texts)
  }

  /** Has the market send PING. Returns the failure if it was not answered as it must be. */
  async enable(): Promise<string | undefined> {
    try {
      await this.#admin.tell(`POST ${this.#all}/${this.made.subscriptionId}/enable`)
      return undefined
    } catch (error) {
      if (error instanceof Refused && error.body.failure) return error.body.failure.reason
      throw error
    }
  }

  async read(): Promise<Subscription> {
    const { subscriptions } = await this.#admin.ask(`GET ${this.#all}`, All)
    const found = subscriptions.find(({ subscriptionId }) => subscriptionId === this.made.subscriptionId)
    if (found) return found
    throw new Problem(this.#words.gone)
  }

  remove(): Promise<void> {
    return remove(this.#admin, `${this.#all}/${this.made.subscriptionId}`)
  }
}

/** Somebody else may have removed it meanwhile. */
async function remove(admin: AdminCalls, path: `/${string}`): Promise<void> {
  await admin.tell(`DELETE ${path}`).catch(error => {
    if (!(error instanceof Refused && error.status === 404)) throw error
  })
}

function explainAddress(error: unknown, url: string, { listen }: Texts): never {
  const isUrlRefused = error instanceof Refused && error.body.errors?.some(({ at }) => at === 'url')
  if (!isUrlRefused || !isLoopback(url)) throw error
  throw new Problem(listen.localRefused, { cause: error })
}
