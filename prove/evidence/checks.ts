import type { Evidence, Mirrored, StoredMessage } from './evidence.ts'

type Check = { promise: string; find(evidence: Evidence): string[] }

const ended = ['waiting', 'in_flight', 'delivered', 'refused', 'cancelled']

/** What must be true of a world at rest, whatever was done to it. Each finds how it is not. */
export const checks: Record<string, Check> = {
  C1: {
    promise: 'each write that was answered with OK is there exactly once',
    find: evidence => countActs(evidence, 'ok', count => count === 1),
  },
  C2: {
    promise: 'no write that was refused is there',
    find: evidence => countActs(evidence, 'fail', count => count === 0),
  },
  C3: {
    promise: 'each write without a clear answer is there once or not at all',
    find: evidence => countActs(evidence, 'unknown', count => count <= 1),
  },
  C4: {
    promise: 'nobody who has seen a message of a chat first sees an earlier one later',
    find: ({ sightings }) =>
      sightings.flatMap(({ reader, businessId, chatId, messageIds }) =>
        messageIds
          .filter((id, index) => index > 0 && id < (messageIds[index - 1] ?? id))
          .map(id => `${reader} saw message ${id} of chat ${chatId} of business ${businessId} after a later one`),
      ),
  },
  C5: {
    promise: 'each message has its delivery to each subscription, and what is called delivered has come',
    find: findUndelivered,
  },
  C6: { promise: 'nothing is delivered that does not exist', find: findInvented },
  C7: {
    promise: 'a mirror equals the market',
    find: ({ mirrors, messages }) => mirrors.flatMap(mirror => compareMirror(mirror, messages)),
  },
  C8: { promise: 'no answer holds anything of another business', find: ({ leaks }) => [...leaks] },
  C9: {
    promise: 'each file that a message names is there, byte for byte',
    find: ({ files }) =>
      [...files]
        .filter(([hash, onDisk]) => hash !== onDisk)
        .map(([hash, onDisk]) => (onDisk ? `file ${hash} holds other bytes` : `file ${hash} is not on the disk`)),
  },
  C10: {
    promise: 'what somebody has answered at a desk has reached the buyer once, or the desk says that it does not know',
    find: evidence => [...findUnended(evidence), ...countAnswers(evidence)],
  },
}

/** Every way in which the evidence breaks a promise, each beginning with the check's name. */
export function findBroken(evidence: Evidence): string[] {
  return Object.entries(checks).flatMap(([name, { find }]) => find(evidence).map(line => `${name} ${line}`))
}

function countActs({ acts, messages }: Evidence, outcome: string, isRight: (count: number) => boolean): string[] {
  const counts = Map.groupBy(messages, keyOf)
  return acts
    .filter(act => act.outcome === outcome)
    .map(act => ({ act, count: counts.get(keyOf(act))?.length ?? 0 }))
    .filter(({ count }) => !isRight(count))
    .map(({ act, count }) => `a ${act.kind} of ${act.actor} in chat ${act.chatId} (${outcome}) is there ${count} times`)
}

const keyOf = ({ businessId, chatId, hash }: { businessId: bigint; chatId: bigint; hash: string }) =>
  `${businessId} ${chatId} ${hash}`

function findUndelivered({ subscriptions, messages, deliveries, arrivals }: Evidence): string[] {
  const states = new Map(deliveries.map(one => [keyOfDelivery(one), one.state]))
  const come = new Set(arrivals.map(keyOfDelivery))
  return subscriptions.flatMap(subscription =>
    messages
      .filter(({ businessId }) => businessId === subscription.businessId)
      .flatMap(({ messageId }) => {
        const key = keyOfDelivery({ ...subscription, messageId })
        const state = states.get(key)
        const to = `subscription ${subscription.subscriptionId}`
        if (state === undefined || !ended.includes(state))
          return [`message ${messageId} has ${state ?? 'no'} delivery to ${to}`]
        if (state === 'delivered' && !come.has(key)) return [`${to} was never told of message ${messageId}`]
        return []
      }),
  )
}

const certain = ['confirmed', 'failed']

function findUnended({ answers }: Evidence): string[] {
  return answers
    .filter(({ state, hasKeys }) => !certain.includes(state) && (hasKeys || state !== 'unknown'))
    .map(({ state, businessId, chatId }) => `an answer in chat ${chatId} of business ${businessId} is ${state}`)
}

/** The same words may be said twice in a chat: at least what is confirmed is there, at most that and what is unknown. */
function countAnswers({ answers, messages }: Evidence): string[] {
  const there = Map.groupBy(
    messages.filter(({ sender }) => sender === 'partner'),
    keyOf,
  )
  return [...Map.groupBy(answers, keyOf)].flatMap(([key, said]) => {
    const countOf = (wanted: string) => said.filter(({ state }) => state === wanted).length
    const [least, most] = [countOf('confirmed'), countOf('confirmed') + countOf('unknown')]
    const count = there.get(key)?.length ?? 0
    return count >= least && count <= most ? [] : [`answer ${key} is there ${count} times, not ${least} to ${most}`]
  })
}

type OfDelivery = { businessId: bigint; subscriptionId: bigint; messageId: bigint | undefined }
const keyOfDelivery = ({ businessId, subscriptionId, messageId }: OfDelivery) =>
  `${subscriptionId} ${businessId} ${messageId}`

function findInvented({ messages, deliveries, arrivals }: Evidence): string[] {
  const known = new Set(messages.map(({ businessId, messageId }) => `${businessId} ${messageId}`))
  const due = new Set(deliveries.map(keyOfDelivery))
  return [
    ...deliveries
      .filter(one => one.messageId !== undefined && !known.has(`${one.businessId} ${one.messageId}`))
      .map(({ messageId }) => `a delivery is about message ${messageId}, which is not there`),
    ...arrivals
      .filter(one => !due.has(keyOfDelivery(one)))
      .map(
        one => `subscription ${one.subscriptionId} was told of message ${one.messageId}, of which it has no delivery`,
      ),
  ]
}

function compareMirror({ name, businessId, messages: copied }: Mirrored, all: readonly StoredMessage[]): string[] {
  const keyOfMessage = ({ chatId, messageId }: { chatId: bigint; messageId: bigint }) =>
    `message ${messageId} of chat ${chatId}`
  const theirs = new Map(
    all.filter(message => message.businessId === businessId).map(message => [keyOfMessage(message), message]),
  )
  const ours = new Map(copied.map(message => [keyOfMessage(message), message]))
  const differs = ([key, message]: [string, StoredMessage]) => {
    const copy = ours.get(key)
    return copy !== undefined && (copy.isFile !== message.isFile || (!copy.isFile && copy.hash !== message.hash))
  }
  return [
    ...(ours.size === copied.length ? [] : [`${name} holds ${copied.length - ours.size} messages twice`]),
    ...[...theirs.keys()].filter(key => !ours.has(key)).map(key => `${name} lacks ${key}`),
    ...[...ours.keys()].filter(key => !theirs.has(key)).map(key => `${name} has ${key}, which the market has not`),
    ...[...theirs].filter(differs).map(([key]) => `${name} has other words in ${key}`),
  ]
}
