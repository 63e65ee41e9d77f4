import { keysOf, refusalRules, notificationTypeOf as told } from '#contract'
import { canRefuse, type FaultName, type FaultRule } from '../faults/faults.ts'
import type { CaseName } from './tally.ts'

export const refusalNames = keysOf(refusalRules).filter(name => canRefuse(name, undefined))

/** What production brings by itself to a program without a mistake. What breaks programs most stands first. */
const inProduction: readonly CaseName[] = [
  'tooManyPerHour',
  'lostAnswer',
  'duplicate',
  'unavailable',
  'chatClosed',
  'retry',
  'internal',
  'lateAnswer',
  told.message_sent,
  'keyRevoked',
  told.dispute_started,
  'tooManyParallel',
  'reordered',
  'lostNotification',
  told.chat_created,
  told.dispute_finished,
  'PING',
  'apiDisabled',
  'noScope',
  'linkExpired',
  'chatNotFound',
  'badPageToken',
  'lateNotification',
  'tooBig',
  'fits',
  'orderNotFound',
  'returnNotFound',
  'notForDbs',
  'notForTestOrders',
  'keyInvalid',
  'oauthTokenInvalid',
  'messageNotFound',
]

/** Every case in that order; then what only a mistake of the program brings. */
export const caseNames: readonly CaseName[] = [
  ...inProduction,
  ...refusalNames.filter(name => !inProduction.includes(name)),
]

export function isInProduction(name: CaseName): boolean {
  return inProduction.includes(name)
}

const ofApi = (fault: FaultName) => ({ target: 'api', fault }) as const
const ofNotifications = (fault: FaultName) => ({ target: 'notification', fault }) as const

/** Faults of the lab that bring what is no plain refusal. */
const faultOf: Partial<Record<CaseName, Pick<FaultRule, 'target' | 'fault' | 'delayMs'>>> = {
  tooManyPerHour: ofApi('answer-420'),
  unavailable: ofApi('answer-503'),
  internal: ofApi('answer-500'),
  lostAnswer: ofApi('drop-connection'),
  lateAnswer: { ...ofApi('delay'), delayMs: 20_000 },
  duplicate: ofNotifications('duplicate'),
  reordered: ofNotifications('reorder'),
  lostNotification: ofNotifications('drop'),
  lateNotification: { ...ofNotifications('delay'), delayMs: 20_000 },
  linkExpired: { target: 'file', fault: 'url-expired' },
}

/** What `prilavok trigger` brings about. */
const triggerOf: Partial<Record<CaseName, string>> = {
  [told.message_sent]: 'message.customer',
  [told.chat_created]: 'chat.direct',
  [told.dispute_started]: 'dispute.started',
  [told.dispute_finished]: 'dispute.finished',
}

/** How a case is brought about once: a fault of the lab, an event; neither for what the receiver itself or a subscription brings. */
export function provocationOf(name: CaseName) {
  const trigger = triggerOf[name]
  if (trigger !== undefined) return { trigger }
  const fault = faultOf[name]
  if (fault) return { fault: { ...fault, budget: 1 } }
  const refusal = refusalNames.find(known => known === name)
  return refusal ? { fault: { ...ofApi('refuse'), refusal, budget: 1 } } : {}
}
