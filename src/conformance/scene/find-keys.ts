import { apiAvailabilities } from '#contract'
import type { Reply } from '../http/call.ts'
import type { Sender } from '../http/sender.ts'
import { ask, field, idAt, items } from './read.ts'
import type { OtherKey, Things } from './things.ts'

const [available] = apiAvailabilities
type Keys = Pick<Things, 'revokedKey' | 'foreignKey' | 'foreignChat' | 'foreignOrderId' | 'disabledKey' | 'keysByScope'>

/** What each of the keys beside the checked one is good for, by what the server says of it. */
export async function findKeys(sender: Sender, tokens: readonly string[], businessId: bigint): Promise<Partial<Keys>> {
  const found: Partial<Keys> = {}
  const keysByScope = new Map<string, string>()
  for (const token of tokens) {
    const info = await ask(sender, 'getAuthTokenInfo', token)
    if (info.status === 401) {
      // A mistyped key is refused too, and is good for nothing.
      if (info.text.includes('revoked')) found.revokedKey ??= token
      continue
    }
    const campaigns = await ask(sender, 'getCampaigns', token)
    const own = idAt(campaigns.json, 'campaigns', 0, 'business', 'id')
    const campaignId = idAt(campaigns.json, 'campaigns', 0, 'id')
    if (own === undefined || campaignId === undefined) continue
    const other = { token, businessId: own, campaignId }
    if (own === businessId) addByScope(keysByScope, token, info)
    else if (isDisabled(campaigns)) found.disabledKey ??= other
    else found.foreignKey ??= other
  }
  if (keysByScope.size > 0) found.keysByScope = keysByScope
  return { ...found, ...(found.foreignKey && (await findForeignChat(sender, found.foreignKey))) }
}

function addByScope(keysByScope: Map<string, string>, token: string, info: Reply): void {
  const [scope, ...more] = items(info.json, 'result', 'apiKey', 'authScopes')
  if (typeof scope === 'string' && more.length === 0) keysByScope.set(scope, token)
}

function isDisabled({ json }: Reply): boolean {
  return items(json, 'campaigns').every(campaign => field(campaign, 'apiAvailability') !== available)
}

async function findForeignChat(sender: Sender, { token, businessId }: OtherKey): Promise<Partial<Keys>> {
  const chats = await ask(sender, 'getChats', token, { ids: { businessId }, json: {} })
  const chat = items(chats.json, 'result', 'chats')[0]
  const [foreignChat, foreignOrderId] = [idAt(chat, 'chatId'), idAt(chat, 'context', 'orderId')]
  return { ...(foreignChat && { foreignChat }), ...(foreignOrderId && { foreignOrderId }) }
}
