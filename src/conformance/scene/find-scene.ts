import { onWire, readingChats, scopeOnWire } from '#contract'
import { CouldNotRun, NotChecked, type Said } from '../findings/finding.ts'
import type { Reply } from '../http/call.ts'
import type { Sender } from '../http/sender.ts'
import { findChats } from './find-chats.ts'
import { findKeys } from './find-keys.ts'
import { findOrders } from './find-orders.ts'
import { ask, field, idAt, items } from './read.ts'
import type { Scene } from './scene.ts'
import type { Things } from './things.ts'

/** What the run was told. Ids that are not given are found. */
export type SceneOptions = {
  apiKey: string
  businessId?: bigint
  campaignId?: bigint
  /** To read in. */
  chatId?: bigint
  /** To write into; without it nothing is written. */
  writeChat?: bigint
  /** To open a chat about, in a run that writes. */
  order?: bigint
  /** To write into, in a run that writes; what the server does then is one of two things. */
  finishedChat?: bigint
  extraKeys: readonly string[]
}

/** Finds out by reading what can be checked. Throws CouldNotRun if the server does not answer, or does not take the key. */
export async function findScene(sender: Sender, options: SceneOptions): Promise<Scene> {
  const { apiKey: token, chatId, extraKeys } = options
  const info = await ask(sender, 'getAuthTokenInfo', token).catch(error => {
    throw error instanceof NotChecked ? new CouldNotRun(error.reason) : error
  })
  if (info.status === 401 || info.status === 403) throw refusedKey(info)
  const campaigns = await ask(sender, 'getCampaigns', token)
  const businessId = options.businessId ?? requireBusiness(campaigns)
  const owner = { token, businessId }
  await requireOpen(sender, owner, scopesOf(info))
  const things: Partial<Things> = {
    ...campaignsOf(campaigns, options),
    ...(await findChats(sender, owner, chatId)),
    ...(await findOrders(sender, owner)),
    ...(await findKeys(sender, extraKeys, businessId)),
    ...(await findWhereToWrite(sender, owner, options)),
  }
  return { ...owner, scopes: scopesOf(info), things }
}

function scopesOf({ status, json }: Reply): readonly string[] | undefined {
  if (status !== 200) return undefined
  return items(json, 'result', 'apiKey', 'authScopes').filter(scope => typeof scope === 'string')
}

/** A business that the key does not open would only have one refusal for all checks. */
async function requireOpen(
  sender: Sender,
  { token, businessId }: Pick<Scene, 'token' | 'businessId'>,
  scopes: readonly string[] | undefined,
): Promise<void> {
  if (!readingChats.map(scopeOnWire).some(scope => scopes?.includes(scope) ?? true)) return
  const { status } = await ask(sender, 'getChats', token, { ids: { businessId }, query: { limit: '1' }, json: {} })
  if (status === 401 || status === 403 || status === 404) throw new CouldNotRun(closed(businessId, status))
}

function requireBusiness({ json }: Reply): bigint {
  const ids = new Set(items(json, 'campaigns').flatMap(campaign => idAt(campaign, 'business', 'id') ?? []))
  const [first, ...others] = ids
  if (first !== undefined && others.length === 0) return first
  throw new CouldNotRun(first === undefined ? noBusiness : whichBusiness([...ids].join(', ')))
}

function campaignsOf({ json }: Reply, { campaignId }: SceneOptions): Partial<Things> {
  const campaigns = items(json, 'campaigns')
  const first = campaignId ?? idAt(campaigns[0], 'id')
  return { ...(first !== undefined && { campaignId: first }), ...(campaigns.length > 2 && { manyCampaigns: true }) }
}

async function findWhereToWrite(
  sender: Sender,
  { token, businessId }: Pick<Scene, 'token' | 'businessId'>,
  { writeChat, order, finishedChat }: SceneOptions,
): Promise<Partial<Things>> {
  if (writeChat === undefined) return {}
  const chat = await ask(sender, 'getChat', token, { ids: { businessId }, query: { chatId: `${writeChat}` } })
  if (chat.status !== 200) throw new CouldNotRun(noChat(writeChat, chat.status))
  if (field(chat.json, 'result', 'status') === onWire('finished')) throw new CouldNotRun(isFinished(writeChat))
  const writeOrder = idAt(chat.json, 'result', 'context', 'orderId')
  const isReturn = idAt(chat.json, 'result', 'context', 'returnId') !== undefined
  return {
    writeChat,
    ...(writeOrder !== undefined && !isReturn && { writeOrder }),
    ...(order !== undefined && { freshOrder: order }),
    ...(finishedChat !== undefined && { finishedChat }),
  }
}

function refusedKey({ status, json, text }: Reply): CouldNotRun {
  const message = field(items(json, 'errors')[0], 'message')
  const told = typeof message === 'string' ? message : text.slice(0, 200)
  return new CouldNotRun({
    en: `the server does not take the key (${status} ${told}): check --api-key`,
    ru: `сервер не принимает ключ (${status} ${told}): проверьте --api-key`,
  })
}

const noBusiness: Said = {
  en: 'getCampaigns names no business: name one with --business, and check the address',
  ru: 'getCampaigns не называет кабинета: укажите его в --business и проверьте адрес',
}

const whichBusiness = (ids: string): Said => ({
  en: `the key opens several businesses: name one with --business: ${ids}`,
  ru: `ключ открывает несколько кабинетов: укажите один в --business: ${ids}`,
})

const closed = (businessId: bigint, status: number): Said => ({
  en: `the key does not open business ${businessId} (getChats answers ${status}): check --business`,
  ru: `ключ не открывает кабинет ${businessId} (getChats отвечает ${status}): проверьте --business`,
})

const noChat = (chatId: bigint, status: number): Said => ({
  en: `the chat to write into, ${chatId}, cannot be read (getChat answers ${status})`,
  ru: `чат для записи ${chatId} не читается (getChat отвечает ${status})`,
})

const isFinished = (chatId: bigint): Said => ({
  en: `the chat to write into, ${chatId}, is finished, and may take nothing: name an open one, or this one with --finished-chat besides`,
  ru: `чат для записи ${chatId} завершён и может ничего не принять: назовите открытый, а этот — в --finished-chat вдобавок`,
})
