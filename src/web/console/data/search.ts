import { type ChatStatus, type ChatType, chatStatuses, chatTypes } from '#contract'
import { type DeliveryState, deliveryStates, type EventName, eventsInOrder } from './deliveries.ts'

/** What stands after `?` in the address of a page. What a page does not know, or does not allow, it does not see. */
type RawSearch = Record<string, unknown>

const maxTextLength = 200
const yesOrNo = ['true', 'false'] as const
/** A filter of chats beside their states: those in which it is anybody's move. */
export const unfinished = 'unfinished'
export const statusClasses = ['2xx', '4xx', '5xx'] as const

export type ChatsSearch = {
  text?: string | undefined
  status?: ChatStatus | typeof unfinished | undefined
  type?: ChatType | undefined
  isTest?: (typeof yesOrNo)[number] | undefined
  json?: 'on' | 'off' | undefined
}

export function readChatsSearch({ text, status, type, isTest, json }: RawSearch): ChatsSearch {
  return {
    text: asText(text),
    status: oneOf([...chatStatuses, unfinished], status),
    type: oneOf(chatTypes, type),
    isTest: oneOf(yesOrNo, isTest),
    json: oneOf(['on', 'off'], json),
  }
}

/** Whose phone it is, by their public id. */
export type PhoneSearch = { buyer?: string | undefined }

export function readPhoneSearch({ buyer }: RawSearch): PhoneSearch {
  return { buyer: asText(buyer) }
}

export const notificationsShown = ['subscriptions', 'deliveries'] as const
const listedStates = ['enabled', 'failed'] as const

export type NotificationsSearch = {
  state?: DeliveryState | undefined
  event?: EventName | undefined
  chatId?: string | undefined
  subscriptionId?: string | undefined
  /** The delivery whose details are on the screen. */
  delivery?: string | undefined
  show?: (typeof notificationsShown)[number] | undefined
  /** Only subscriptions in this state. */
  only?: (typeof listedStates)[number] | undefined
}

export function readNotificationsSearch(raw: RawSearch): NotificationsSearch {
  return {
    state: oneOf(deliveryStates, raw['state']),
    event: oneOf(eventsInOrder, raw['event']),
    chatId: asId(raw['chatId']),
    subscriptionId: asId(raw['subscriptionId']),
    delivery: asText(raw['delivery']),
    show: oneOf(notificationsShown, raw['show']),
    only: oneOf(listedStates, raw['only']),
  }
}

export type QueryLogSearch = {
  text?: string | undefined
  status?: (typeof statusClasses)[number] | undefined
  /** As the address has it: the page, which knows all operations, chooses among them. */
  operation?: string | undefined
  integration?: string | undefined
}

export function readQueryLogSearch({ text, status, operation, integration }: RawSearch): QueryLogSearch {
  return {
    text: asText(text),
    status: oneOf(statusClasses, status),
    operation: asText(operation),
    integration: asText(integration),
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= maxTextLength ? value : undefined
}

function asId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,17}$/.test(value) ? value : undefined
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find(word => word === value)
}
