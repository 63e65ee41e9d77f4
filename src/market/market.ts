import type { Clock, Logger } from '#kit'
import { BuyerTokens } from './buyers/buyer-token.ts'
import { CabinetTokens } from './cabinet/cabinet-token.ts'
import { getAuthTokenInfo } from './campaigns/get-auth-token-info.ts'
import { getCampaign } from './campaigns/get-campaign.ts'
import { getCampaigns } from './campaigns/get-campaigns.ts'
import { createChat } from './chats/create-chat.ts'
import { getChat } from './chats/get-chat.ts'
import { getChatHistory } from './chats/get-chat-history.ts'
import { getChatMessage } from './chats/get-chat-message.ts'
import { getChats } from './chats/get-chats.ts'
import { Postbox } from './chats/postbox.ts'
import { sendFileToChat } from './chats/send-file-to-chat.ts'
import { sendMessageToChat } from './chats/send-message-to-chat.ts'
import type { FileUrl } from './chats/shape.ts'
import { ConsoleSessions } from './console/sessions.ts'
import { FileStore } from './files/file-store.ts'
import { Metrics } from './http/metrics.ts'
import { Keyring } from './keys/keyring.ts'
import { LabBuyers } from './lab/buyers.ts'
import { sendWithFaults } from './lab/faulty-send.ts'
import { Lab } from './lab/lab.ts'
import { HourlyLimit } from './limits/hourly.ts'
import { ParallelLimit } from './limits/parallel.ts'
import { Bus } from './live/bus.ts'
import type { OnDeliveryMoment } from './notify/crash-points.ts'
import { Deliverer } from './notify/deliverer.ts'
import { Sender } from './notify/sender.ts'
import type { Handlers } from './operation-handler.ts'
import { PageTokens } from './page-token.ts'
import type { Pools } from './pools.ts'
import { assembleQueryLog } from './query-log/assemble-query-log.ts'
import type { QueryLog } from './query-log/query-log.ts'
import type { Secrets } from './secrets.ts'
import { countConnections, type Sql } from './store/connect.ts'
import { Turns } from './turns.ts'

const searchesAtATime = 2

/** The parts of a market process, wired. Each function takes from it what it needs and no more. */
export type Market = {
  sql: Sql
  clock: Clock
  log: Logger
  bus: Bus
  metrics: Metrics
  postbox: Postbox
  keyring: Keyring
  hourly: HourlyLimit
  parallel: ParallelLimit
  files: FileStore
  pageTokens: PageTokens
  /** Undefined if requests are not logged. */
  queryLog: QueryLog | undefined
  /** Whoever reads the query log takes one: messages must not wait behind them for a connection. */
  searches: Turns
  buyerTokens: BuyerTokens
  cabinetTokens: CabinetTokens
  consoleSessions: ConsoleSessions
  secrets: Secrets
  sender: Sender
  arePrivateWebhooksAllowed: boolean
  deliverer: Deliverer
  fileUrl: FileUrl
  /** Only if the market is there to be tried out. */
  lab: Lab | undefined
  /** The simulated buyers of the lab. */
  labBuyers: LabBuyers | undefined
}

export type MarketParts = Pools & {
  clock: Clock
  log: Logger
  secrets: Secrets
  filesFolder: string
  isHourlyLifted: boolean
  parallelMost: number
  publicUrl: () => string
  arePrivateWebhooksAllowed: boolean
  version: string
  onDeliveryMoment?: OnDeliveryMoment | undefined
  databaseUrl: string
  lab?: { seed: number } | undefined
}

export function assembleMarket(parts: MarketParts): Market {
  const { sql, countingSql, loggingSql, leaseSql, log, secrets } = parts
  const bus = new Bus(sql, log)
  const lab =
    parts.lab && new Lab({ ...parts.lab, databaseUrl: parts.databaseUrl, machineClock: parts.clock, sql, bus, log })
  const clock = lab?.clock ?? parts.clock
  const metrics = new Metrics(() => countConnections(sql))
  const sender = new Sender({ arePrivateAllowed: parts.arePrivateWebhooksAllowed, version: parts.version, clock })
  const deliverer = new Deliverer({
    ...{ sql, leaseSql, bus, clock, log, metrics },
    send: lab ? sendWithFaults(sender.send, lab) : sender.send,
    secret: secrets.webhooks,
    onMoment: parts.onDeliveryMoment,
  })
  metrics.watchDeliveries(() => deliverer.countUnfinished())
  const postbox = new Postbox({ sql, bus, clock, onBatch: size => metrics.batch(size) })
  const files = new FileStore(parts.filesFolder)
  return {
    sql,
    clock,
    log,
    bus,
    metrics,
    postbox,
    keyring: new Keyring({ sql, secret: secrets.apiKeys, clock, bus }),
    hourly: new HourlyLimit({ sql: countingSql, clock, isLifted: parts.isHourlyLifted }),
    parallel: new ParallelLimit(parts.parallelMost),
    files,
    pageTokens: new PageTokens(secrets.pageTokens),
    searches: new Turns(searchesAtATime),
    queryLog: loggingSql && assembleQueryLog({ sql: loggingSql, log, bus, metrics }),
    buyerTokens: new BuyerTokens({ secret: secrets.buyerTokens, clock }),
    cabinetTokens: new CabinetTokens({ secret: secrets.cabinetTokens, clock }),
    consoleSessions: new ConsoleSessions({
      secret: secrets.consoleSessions,
      adminToken: secrets.adminToken,
      clock: parts.clock,
    }),
    secrets,
    sender,
    arePrivateWebhooksAllowed: parts.arePrivateWebhooksAllowed,
    deliverer,
    fileUrl: (businessId, chatId, messageId) => `${parts.publicUrl()}/files/${businessId}/${chatId}/${messageId}`,
    lab,
    labBuyers:
      lab && new LabBuyers({ ...{ sql, bus, clock, log, postbox, files }, seed: lab.seed, onChange: lab.changed }),
  }
}

/** The published operations, each with its handler. */
export function publishedHandlers(market: Market): Handlers {
  return {
    getChats: call => getChats(market, call),
    getChat: call => getChat(market, call),
    createChat: call => createChat(market, call),
    getChatHistory: call => getChatHistory(market, call),
    getChatMessage: call => getChatMessage(market, call),
    sendMessageToChat: call => sendMessageToChat(market, call),
    sendFileToChat: call => sendFileToChat(market, call),
    getCampaigns: call => getCampaigns(market, call),
    getCampaign: call => getCampaign(market, call),
    getAuthTokenInfo: call => getAuthTokenInfo(call),
  }
}
