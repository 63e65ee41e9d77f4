import type { Sql } from '#database'
import type { Clock } from '#kit'
import type { Bus } from '../live/bus.ts'
import {
  type CabinetRow,
  closeCabinet,
  deleteCabinet,
  findCabinet,
  findSealed,
  insertCabinet,
  listCabinets,
  nextCabinetId,
  renameCabinet,
  replaceKey,
  setBaseUrl,
  setCabinetState,
} from '../store/cabinets.ts'
import { type CheckedKey, checkKey, type KeyCheck, type KeyToCheck, type OpenedBusiness } from './check-key.ts'
import { open, seal } from './seal.ts'
import { type DeskSecrets, hashNotificationSecret, makeNotificationSecret } from './secrets.ts'

export const yandexUrl = 'https://api.partner.market.yandex.ru'

export type CabinetsOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  secrets: DeskSecrets
  /** How the desk names itself to markets. */
  integration: string
  fetch?: typeof fetch | undefined
  /** Called when a cabinet is gone, for what is kept of it outside the database. */
  onRemoved?: ((cabinetId: bigint) => Promise<void>) | undefined
}

type Unopened = Exclude<KeyCheck, { outcome: 'opens' }> | { outcome: 'notOpened' }
export type NewCabinet = {
  baseUrl?: string | undefined
  apiKey: string
  businessId: bigint
  name?: string | undefined
}

/** The businesses that the desk is connected to, and their keys. */
export class Cabinets {
  readonly #options: CabinetsOptions

  constructor(options: CabinetsOptions) {
    this.#options = options
  }

  list(): Promise<CabinetRow[]> {
    return listCabinets(this.#options.sql)
  }

  find(cabinetId: bigint): Promise<CabinetRow | undefined> {
    return findCabinet(this.#options.sql, cabinetId)
  }

  /** Asks a market, Yandex.Market by default, what a key opens. */
  check({ baseUrl = yandexUrl, apiKey }: { baseUrl?: string | undefined; apiKey: string }): Promise<KeyCheck> {
    return checkKey(this.#options, { baseUrl: withoutSlash(baseUrl), apiKey })
  }

  /** `known`: the desk has this business of this market. `notOpened`: the key is of another business. */
  async add(wanted: NewCabinet): Promise<Unopened | { outcome: 'known' } | { outcome: 'added'; cabinet: CabinetRow }> {
    const { apiKey, businessId } = wanted
    const baseUrl = withoutSlash(wanted.baseUrl ?? yandexUrl)
    const opened = await this.#openBusiness({ baseUrl, apiKey }, businessId)
    if (opened.outcome !== 'opens') return opened
    const { key, business } = opened
    const { sql, secrets, clock } = this.#options
    const cabinetId = await nextCabinetId(sql)
    const secret = makeNotificationSecret()
    const isNew = await insertCabinet(sql, {
      ...{ cabinetId, baseUrl, businessId, name: wanted.name ?? business.name, now: clock.now() },
      ...{ keyName: key.keyName, scopes: key.scopes, campaigns: business.campaigns },
      sealedKey: seal(secrets.sealing, { cabinetId, what: 'key' }, apiKey),
      notificationHash: hashNotificationSecret(secret),
      sealedNotificationSecret: seal(secrets.sealing, { cabinetId, what: 'notification secret' }, secret),
    })
    const cabinet = await this.find(cabinetId)
    if (!isNew || !cabinet) return { outcome: 'known' }
    this.#tell(cabinetId)
    return { outcome: 'added', cabinet }
  }

  /** A cabinet whose key was refused is worked again with another. */
  async changeKey(cabinetId: bigint, apiKey: string): Promise<Unopened | { outcome: 'unknown' | 'changed' }> {
    const cabinet = await this.find(cabinetId)
    if (!cabinet) return { outcome: 'unknown' }
    const opened = await this.#openBusiness({ baseUrl: cabinet.baseUrl, apiKey }, cabinet.businessId)
    if (opened.outcome !== 'opens') return opened
    const { keyName, scopes } = opened.key
    const sealedKey = seal(this.#options.secrets.sealing, { cabinetId, what: 'key' }, apiKey)
    const { campaigns } = opened.business
    await replaceKey(this.#options.sql, cabinetId, { sealedKey, keyName, scopes, campaigns })
    this.#tell(cabinetId)
    return { outcome: 'changed' }
  }

  /** The same business of the same market, at another address and perhaps with another key. */
  async move(
    cabinetId: bigint,
    { baseUrl, apiKey }: KeyToCheck,
  ): Promise<Unopened | { outcome: 'unknown' | 'changed' }> {
    await setBaseUrl(this.#options.sql, cabinetId, withoutSlash(baseUrl))
    return this.changeKey(cabinetId, apiKey)
  }

  async rename(cabinetId: bigint, name: string): Promise<void> {
    await renameCabinet(this.#options.sql, cabinetId, name)
    this.#tell(cabinetId)
  }

  /** False if there is no such cabinet, or its key is refused: then another key is what it needs. */
  async setState(cabinetId: bigint, state: 'active' | 'paused'): Promise<boolean> {
    const isSet = await setCabinetState(this.#options.sql, cabinetId, state)
    this.#tell(cabinetId)
    return isSet
  }

  /** With everything that was mirrored. False if there is no such cabinet. */
  async remove(cabinetId: bigint): Promise<boolean> {
    await closeCabinet(this.#options.sql, cabinetId)
    this.#tell(cabinetId)
    const isRemoved = await deleteCabinet(this.#options.sql, cabinetId)
    this.#tell(cabinetId)
    if (isRemoved) await this.#options.onRemoved?.(cabinetId)
    return isRemoved
  }

  /** The Api-Key, for the client that works the cabinet. It goes nowhere else. */
  async openKey(cabinetId: bigint): Promise<string | undefined> {
    const sealed = await findSealed(this.#options.sql, cabinetId)
    return sealed && open(this.#options.secrets.sealing, { cabinetId, what: 'key' }, sealed.sealedKey)
  }

  /** The path to which the market sends notifications of this cabinet. */
  async notificationPath(cabinetId: bigint): Promise<string | undefined> {
    const sealed = await findSealed(this.#options.sql, cabinetId)
    if (!sealed) return undefined
    const as = { cabinetId, what: 'notification secret' } as const
    return `/notification/${open(this.#options.secrets.sealing, as, sealed.sealedNotificationSecret)}`
  }

  async #openBusiness(asked: KeyToCheck, businessId: bigint): Promise<Unopened | Opened> {
    const checked = await checkKey(this.#options, asked)
    if (checked.outcome !== 'opens') return checked
    const business = checked.key.businesses.find(opened => opened.businessId === businessId)
    return business ? { ...checked, business } : { outcome: 'notOpened' }
  }

  #tell(cabinetId: bigint): void {
    this.#options.bus.publish({ about: 'cabinets', cabinetId: `${cabinetId}` })
  }
}

type Opened = { outcome: 'opens'; key: CheckedKey; business: OpenedBusiness }

/** One market has one spelling. */
function withoutSlash(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).href.replace(/\/+$/, '') : baseUrl
}
