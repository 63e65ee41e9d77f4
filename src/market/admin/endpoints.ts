import type { Endpoint, NeedsOf } from '#serving'
import type { Admin } from './access/admit.ts'
import { createConsoleTicket } from './access/console-tickets.ts'
import { listChats, readChat, readMessages } from './chats/chats.ts'
import {
  openCustomerDispute,
  sendCustomerFile,
  sendCustomerMessage,
  sendCustomerSticker,
} from './chats/customer-acts.ts'
import { closeChat, finishDispute } from './chats/finish-chats.ts'
import { readPublishedAnswers } from './chats/published-answers.ts'
import { sendMarketMessage, sendSupportMessage } from './chats/staff-messages.ts'
import { createCabinetToken } from './directory/business-tokens.ts'
import { createBusiness, getBusiness, listBusinesses, updateBusiness } from './directory/businesses.ts'
import { putBuyerQuotas, readBuyerQuotas } from './directory/buyer-quotas.ts'
import { createCampaign, listCampaigns } from './directory/campaigns.ts'
import { listCustomers } from './directory/customer-list.ts'
import { createBuyerToken, putCustomer } from './directory/customers.ts'
import { eraseCustomer } from './directory/erase-customer.ts'
import { createKey, listKeys, revokeKey } from './directory/keys.ts'
import { listOrders } from './directory/order-list.ts'
import { getOrder, putOrder } from './directory/orders.ts'
import { putReturn } from './directory/returns.ts'
import { createTestOrder, deleteTestOrder, openTestChat } from './directory/test-orders.ts'
import { listTokens, revokeBuyerTokens, revokeCabinetTokens, revokeTokens } from './directory/tokens.ts'
import { listDeliveries, readDelivery } from './notifications/deliveries.ts'
import { replayDelivery, replaySubscription } from './notifications/replay.ts'
import { sendSample } from './notifications/send-sample.ts'
import {
  disableSubscription,
  duplicateSubscription,
  enableSubscription,
  pingSubscription,
  retrySubscription,
  rotateSecret,
} from './notifications/subscription-acts.ts'
import {
  createSubscription,
  deleteSubscription,
  listSubscriptions,
  updateSubscription,
} from './notifications/subscriptions.ts'
import { followChanges } from './watch/events.ts'
import { readOverview } from './watch/overview.ts'
import { listRequests } from './watch/requests.ts'

/** Every operation of the admin API. Those with isForBusiness are for businesses, too. */
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
  revokeCabinetTokens,
  listTokens,
  revokeTokens,
  createConsoleTicket,
  listRequests,
  putCustomer,
  eraseCustomer,
  createBuyerToken,
  revokeBuyerTokens,
  listCustomers,
  readBuyerQuotas,
  putBuyerQuotas,
  putOrder,
  getOrder,
  listOrders,
  putReturn,
  createTestOrder,
  openTestChat,
  deleteTestOrder,
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
  retrySubscription,
  sendSample,
  rotateSecret,
  replaySubscription,
  listDeliveries,
  readDelivery,
  replayDelivery,
  followChanges,
] as const satisfies readonly Endpoint<never, Admin>[]

export type AdminNeeds = NeedsOf<typeof adminEndpoints>
