import type { Endpoint } from '../http/endpoint.ts'
import type { Market } from '../market.ts'
import type { Admin } from './admit.ts'
import { createBusiness, getBusiness, listBusinesses, updateBusiness } from './businesses.ts'
import { createCabinetToken } from './cabinet-tokens.ts'
import { createCampaign, listCampaigns } from './campaigns.ts'
import type { ChangeStreams } from './change-streams.ts'
import { listChats, readChat, readMessages } from './chats.ts'
import { openCustomerDispute, sendCustomerFile, sendCustomerMessage, sendCustomerSticker } from './customer-acts.ts'
import { listCustomers } from './customer-list.ts'
import { createBuyerToken, putCustomer } from './customers.ts'
import { listDeliveries, readDelivery } from './deliveries.ts'
import { followChanges } from './events.ts'
import { closeChat, finishDispute } from './finish-chats.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'
import { listOrders } from './order-list.ts'
import { getOrder, putOrder } from './orders.ts'
import { readOverview } from './overview.ts'
import { readPublishedAnswers } from './published-answers.ts'
import { replayDelivery, replaySubscription } from './replay.ts'
import { listRequests } from './requests.ts'
import { putReturn } from './returns.ts'
import { sendMarketMessage, sendSupportMessage } from './staff-messages.ts'
import {
  disableSubscription,
  duplicateSubscription,
  enableSubscription,
  pingSubscription,
  rotateSecret,
} from './subscription-acts.ts'
import { createSubscription, deleteSubscription, listSubscriptions, updateSubscription } from './subscriptions.ts'
import { createTestOrder, openTestChat } from './test-orders.ts'

/** Every operation of the admin API. Those that are for cabinets say so themselves. */
export const adminEndpoints = [
  createBusiness,
  listBusinesses,
  getBusiness,
  updateBusiness,
  createCampaign,
  listCampaigns,
  createKey,
  listKeys,
  revokeKey,
  createCabinetToken,
  listRequests,
  putCustomer,
  createBuyerToken,
  listCustomers,
  putOrder,
  getOrder,
  listOrders,
  putReturn,
  createTestOrder,
  openTestChat,
  readOverview,
  listChats,
  readChat,
  readMessages,
  readPublishedAnswers,
  sendCustomerMessage,
  sendCustomerSticker,
  sendCustomerFile,
  openCustomerDispute,
  sendSupportMessage,
  sendMarketMessage,
  finishDispute,
  closeChat,
  createSubscription,
  listSubscriptions,
  updateSubscription,
  deleteSubscription,
  enableSubscription,
  disableSubscription,
  duplicateSubscription,
  pingSubscription,
  rotateSecret,
  replaySubscription,
  listDeliveries,
  readDelivery,
  replayDelivery,
  followChanges,
] as const satisfies readonly Endpoint<Market & { changeStreams: ChangeStreams }, Admin>[]
