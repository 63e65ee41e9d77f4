import { type BusinessId, type ChatId, idFrom, type MessageId } from '../ids.ts'
import { eventOfType, type NotificationType } from './events.ts'
import { serializeNotification, serializePing } from './serialize.ts'

const sample = {
  businessId: idFrom<BusinessId>('1'),
  chatId: idFrom<ChatId>('33'),
  messageId: idFrom<MessageId>('65'),
  happenedAt: new Date('2026-03-01T09:15:27.481Z'),
}
type SampleFacts = Partial<typeof sample>

/** A notification of this type, letter for letter as a shop receives it, as JSON. What is not given is made up. */
export function sampleNotification(type: NotificationType, facts: SampleFacts = {}): string {
  const said = { ...sample, ...facts }
  return type === 'PING' ? serializePing(said.happenedAt) : serializeNotification({ ...said, type: eventOfType(type) })
}
