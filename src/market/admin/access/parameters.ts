import {
  type BusinessId,
  type CampaignId,
  type ChatId,
  dateTime,
  idOf,
  int32,
  type OrderId,
  type ReturnId,
  Type,
  textMaxLength,
} from '#contract'

/** Parameters and fields that several operations of the admin API share. */
export const businessId = idOf<BusinessId>('The business.')
export const campaignId = idOf<CampaignId>('The campaign.')
export const chatId = idOf<ChatId>('The chat.')
export const orderId = idOf<OrderId>('The order.')
export const returnId = idOf<ReturnId>('The return.')
export const publicId = Type.String({
  minLength: 1,
  maxLength: 100,
  description: "The customer's id in the marketplace.",
})
export const name = Type.String({ minLength: 1, maxLength: 200, description: 'What people call it.' })
export const text = Type.String({ minLength: 1, maxLength: textMaxLength, description: 'The text of the message.' })
export const createdAt = dateTime('When it was made, UTC.')

export const OfBusiness = Type.Object({ businessId })
export const OfChat = Type.Object({ businessId, chatId })

export const Paging = Type.Object({
  pageToken: Type.Optional(
    Type.String({ description: 'nextPageToken of the page before. Without it: the first page.' }),
  ),
  limit: Type.Optional(int32({ minimum: 1, maximum: 200, default: 50, description: 'Items on a page at the most.' })),
})
export const nextPageToken = Type.Optional(
  Type.String({ description: 'Send it as pageToken to read the next page. Left out on the last page.' }),
)

/** The statuses that every operation may refuse with. */
export const usual = [400, 401, 500, 503] as const
