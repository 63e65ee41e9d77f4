import type { Clock, Logger } from '#kit'
import { BuyerTokens } from './buyers/buyer-token.ts'
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
import { FileStore } from './files/file-store.ts'
import { Metrics } from './http/metrics.ts'
import { Keyring } from './keys/keyring.ts'
import { HourlyLimit } from './limits/hourly.ts'
import { ParallelLimit } from './limits/parallel.ts'
import { Bus } from './live/bus.ts'
import type { Handlers } from './operation-handler.ts'
import { PageTokens } from './page-token.ts'
import type { Secrets } from './secrets.ts'
import { countConnections, type Sql } from './store/connect.ts'

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
  buyerTokens: BuyerTokens
  secrets: Secrets
  fileUrl: FileUrl
}

export type MarketParts = {
  sql: Sql
  /** A connection of its own for counting: it never waits behind messages, and may lose half a second in a power cut. */
  countingSql: Sql
  clock: Clock
  log: Logger
  secrets: Secrets
  filesFolder: string
  isHourlyLifted: boolean
  parallelMost: number
  publicUrl: () => string
}

export function assembleMarket(parts: MarketParts): Market {
  const { sql, countingSql, clock, log, secrets } = parts
  const bus = new Bus(sql, log)
  const metrics = new Metrics(() => countConnections(sql))
  const postbox = new Postbox({ sql, bus, clock, onBatch: size => metrics.batch(size) })
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
    files: new FileStore(parts.filesFolder),
    pageTokens: new PageTokens(secrets.pageTokens),
    buyerTokens: new BuyerTokens({ secret: secrets.buyerTokens, clock }),
    secrets,
    fileUrl: (businessId, chatId, messageId) => `${parts.publicUrl()}/files/${businessId}/${chatId}/${messageId}`,
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
