import { countConnections, type Sql } from '#database'
import type { Clock, Logger, Traces } from '#kit'
import { PageTokens } from '#serving'
import { BusinessTokens } from './admin/access/business-token.ts'
import { BuyerTokens } from './buyers/buyer-token.ts'
import { Postbox } from './chats/postbox.ts'
import { Readbox } from './chats/readbox.ts'
import { ConsoleSessions } from './console/sessions.ts'
import type { FileStore } from './files/file-store.ts'
import { type FileUrl, filesUrl } from './files/file-url.ts'
import { Keyring } from './keys/keyring.ts'
import type { Secrets } from './keys/secrets.ts'
import { BuyerQuotas } from './limits/buyer-quotas.ts'
import { HourlyLimit } from './limits/hourly.ts'
import { ParallelLimit } from './limits/parallel.ts'
import { ParallelOfCampaigns } from './limits/parallel-of-campaigns.ts'
import type { Bus } from './live/bus.ts'
import { Changes } from './live/changes.ts'
import { Metrics } from './metrics.ts'
import { Deliverer } from './notify/deliverer.ts'
import type { OnDeliveryMoment } from './notify/delivery-moments.ts'
import { type OnSent, type Send, Sender } from './notify/sender.ts'
import type { Pools } from './pools.ts'
import { QueryLog } from './query-log/query-log.ts'
import { Searches } from './query-log/searches.ts'
import { isCampaignOf } from './store/campaigns.ts'
import type { Layout } from './store/layout.ts'
import { AdminToken } from './tokens/admin-token.ts'
import { Revocations } from './tokens/revocations.ts'

/** The parts of a market process. Each function takes from it what it needs and no more. */
export type Market = {
  sql: Sql
  layout: Layout
  /** The market's time, which a lab moves. */
  clock: Clock
  machineClock: Clock
  log: Logger
  /** Undefined: nobody follows traces. */
  traces: Traces | undefined
  bus: Bus
  metrics: Metrics
  postbox: Postbox
  readbox: Readbox
  keyring: Keyring
  hourly: HourlyLimit
  parallel: ParallelLimit<bigint>
  parallelOfCampaigns: ParallelOfCampaigns
  quotas: BuyerQuotas
  files: FileStore
  pageTokens: PageTokens
  /** Undefined if requests are not logged. */
  queryLog: QueryLog | undefined
  searches: Searches
  revocations: Revocations
  adminToken: AdminToken
  buyerTokens: BuyerTokens
  businessTokens: BusinessTokens
  consoleSessions: ConsoleSessions
  secrets: Secrets
  sender: Sender
  arePrivateWebhooksAllowed: boolean
  deliverer: Deliverer
  fileUrl: FileUrl
}

export type MarketParts = Pools & {
  layout: Layout
  bus: Bus
  clock: Clock
  machineClock: Clock
  log: Logger
  traces?: Traces | undefined
  secrets: Secrets
  files: FileStore
  isHourlyLifted: boolean
  maxParallel: number
  publicUrl: () => string
  arePrivateWebhooksAllowed: boolean
  version: string
  /** Wraps the sender, for a lab's faults. */
  aroundSend?: ((send: Send) => Send) | undefined
  onDeliveryMoment?: OnDeliveryMoment | undefined
  /** Told of every attempt to notify a shop, for a lab that counts them. */
  onSent?: OnSent | undefined
}

export function assembleMarket(parts: MarketParts): Market {
  const { sql, layout, countingSql, bus, clock, machineClock, log, traces, secrets, files } = parts
  const { arePrivateWebhooksAllowed } = parts
  const metrics = new Metrics()
  const sender = new Sender({
    ...{ arePrivateAllowed: arePrivateWebhooksAllowed, version: parts.version, clock, traces },
    onSent: parts.onSent,
  })
  const deliverer = makeDeliverer(parts, sender, metrics)
  metrics.watchConnections(() => countConnections(sql))
  metrics.watchDeliveries(() => deliverer.countUnfinished())
  return {
    ...{
      sql,
      layout,
      clock,
      machineClock,
      log,
      traces,
      bus,
      metrics,
      secrets,
      files,
      sender,
      deliverer,
      arePrivateWebhooksAllowed,
    },
    postbox: new Postbox({ sql, layout, bus, clock, onBatch: size => metrics.batch(size) }),
    readbox: new Readbox({ sql, layout, filesUrl: () => filesUrl(parts.publicUrl()) }),
    keyring: new Keyring({ sql, secret: secrets.apiKeys, clock, bus }),
    hourly: new HourlyLimit({ sql: countingSql, layout, clock, isLifted: parts.isHourlyLifted }),
    parallel: new ParallelLimit(parts.maxParallel),
    parallelOfCampaigns: new ParallelOfCampaigns(parts.maxParallel, (...ids) => isCampaignOf(sql, ...ids)),
    quotas: new BuyerQuotas({ sql: parts.quotaSql, layout, machineClock, isLifted: parts.isHourlyLifted }),
    pageTokens: new PageTokens(secrets.pageTokens),
    searches: new Searches(parts.searchSql),
    queryLog: makeQueryLog(parts, metrics),
    ...makeTokens(parts),
    fileUrl: (businessId, chatId, messageId) => `${filesUrl(parts.publicUrl())}${businessId}/${chatId}/${messageId}`,
  }
}

/** Tokens of customers and businesses go by the market's time; sessions of the console by the machine's. */
function makeTokens({ sql, bus, log, clock, machineClock, secrets }: MarketParts) {
  const revocations = new Revocations({ sql, bus, log, clock: machineClock })
  const adminToken = new AdminToken({ tokenOf: secrets.adminToken, revocations })
  return {
    revocations,
    adminToken,
    buyerTokens: new BuyerTokens({ secret: secrets.buyerTokens, clock, revocations }),
    businessTokens: new BusinessTokens({ secret: secrets.businessTokens, clock, revocations }),
    consoleSessions: new ConsoleSessions({
      ...{ secret: secrets.consoleSessions, clock: machineClock },
      ...{ adminToken, revocations },
    }),
  }
}

function makeDeliverer(parts: MarketParts, { send }: Sender, metrics: Metrics): Deliverer {
  const { sql, layout, leaseSql, bus, clock, log, secrets, aroundSend, onDeliveryMoment } = parts
  return new Deliverer({
    ...{ sql, layout, leaseSql, bus, clock, log, metrics },
    send: aroundSend ? aroundSend(send) : send,
    secret: secrets.webhooks,
    onMoment: onDeliveryMoment,
  })
}

/** The query log, with its metrics and its changes on the bus. */
function makeQueryLog({ loggingSql, layout, log, bus }: MarketParts, metrics: Metrics): QueryLog | undefined {
  if (!loggingSql) return undefined
  const changes = new Changes(bus)
  const queryLog = new QueryLog({
    sql: loggingSql,
    flushEveryMs: layout.logEveryMs,
    log,
    onWritten: requests => {
      for (const { businessId } of requests) changes.note('requests', businessId)
    },
    onDropped: count => metrics.unlogged(count),
  })
  metrics.watchQueryLog(() => queryLog.waiting)
  return queryLog
}
