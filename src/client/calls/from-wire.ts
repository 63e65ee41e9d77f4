import type { ChatInfo, ChatMessage, Campaign as WireCampaign } from '#contract'
import type { Campaign, Chat, Message } from '../types.ts'

/** A chat as the client gives it. */
export function chatFromWire({ chatId, context, type, status, createdAt, updatedAt }: ChatInfo): Chat {
  return { chatId, context, type, status, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) }
}

export function messageFromWire({ messageId, createdAt, sender, message, payload }: ChatMessage): Message {
  return {
    messageId,
    createdAt: new Date(createdAt),
    sender,
    ...(message !== undefined && { text: message }),
    ...(payload && { files: payload.map(({ name, url, size }) => ({ name, url, sizeBytes: size })) }),
  }
}

/** The published `domain` is the name of the campaign. */
export function campaignFromWire(campaignId: bigint, campaign: WireCampaign): Campaign {
  const { domain, business, placementType, apiAvailability } = campaign
  return {
    campaignId,
    ...(domain !== undefined && { name: domain }),
    ...(business?.id !== undefined && { businessId: business.id }),
    ...(business?.name !== undefined && { businessName: business.name }),
    ...(placementType !== undefined && { placementType }),
    ...(apiAvailability !== undefined && { apiAvailability }),
  }
}
