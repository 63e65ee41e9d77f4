import { headers } from '../headers.ts'
import type { BusinessId, CampaignId, ChatId, MessageId } from '../ids.ts'
import { idempotencyKeptDays, idempotencyKeyMaxLength } from '../limits.ts'
import { idOf } from '../schema.ts'

/** Parameters that several operations share. */
export const businessId = idOf<BusinessId>('The id of the business.')
export const campaignId = idOf<CampaignId>('The id of the campaign.')
export const chatId = idOf<ChatId>('The id of the chat.')
export const messageId = idOf<MessageId>('The id of the message.')
export const pageTokenAlias = { page_token: 'pageToken' }

/** Of a message of the shop; the words of the refusal are ours. */
export const closedNote = `

A finished chat takes none: 400 \`Chat with id '…' is closed\`, unless the business lets its shop reopen it. A customer reopens it by writing.`

/** differs: the published operations take no such header. Told in words: the parameters are the published ones alone. */
export const onceNote = `

With the header \`Idempotency-Key\` (1 to ${idempotencyKeyMaxLength} visible ASCII characters) it is done once: for ${idempotencyKeptDays} days the same request
with the same key is answered as before, with \`${headers.idempotencyReplayed}: true\`; another request with it is refused, 422.`
