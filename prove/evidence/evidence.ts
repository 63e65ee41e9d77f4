import type { Act, Sighting } from './history.ts'

export type StoredMessage = {
  businessId: bigint
  chatId: bigint
  messageId: bigint
  hash: string
  isFile: boolean
  sender: string
}

export type StoredDelivery = {
  businessId: bigint
  subscriptionId: bigint
  /** Absent for notifications that are not about a message. */
  messageId: bigint | undefined
  state: string
}

/** A notification about a message, as a receiver got it. */
export type Arrival = { businessId: bigint; subscriptionId: bigint; chatId: bigint; messageId: bigint }

/** A shop's copy of its chats: the hash of each text; a file's is not compared. */
export type Mirrored = { name: string; businessId: bigint; messages: Omit<StoredMessage, 'sender'>[] }

/** What a desk says of an answer that somebody there has written; `lost`: it was taken, and the desk does not have it. */
export type DeskAnswer = {
  businessId: bigint
  chatId: bigint
  hash: string
  state: string
  /** Whether its market honours idempotency keys: then nothing stays unknown. */
  hasKeys: boolean
}

/** Everything that the checks look at when the world has come to rest. */
export type Evidence = {
  acts: readonly Act[]
  sightings: readonly Sighting[]
  messages: readonly StoredMessage[]
  /** Those that want to hear of every message, and existed before the first. */
  subscriptions: readonly { businessId: bigint; subscriptionId: bigint }[]
  deliveries: readonly StoredDelivery[]
  arrivals: readonly Arrival[]
  /** By the hash under which a message knows it: the hash of what lies on the disk, undefined if nothing does. */
  files: ReadonlyMap<string, string | undefined>
  mirrors: readonly Mirrored[]
  /** Answers in which something of another business was found. */
  leaks: readonly string[]
  answers: readonly DeskAnswer[]
}
