import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BusinessId, type CampaignId, type ChatId, idFrom } from '#contract'
import type { Queries, Sql } from '#database'
import type { Clock } from '#kit'
import type { FileStore } from '../files/file-store.ts'
import { filesOf } from '../state/files-of.ts'
import { putState } from '../state/put-state.ts'
import { readStateText } from '../state/read-text.ts'
import type { CustomerRow } from '../store/customers.ts'
import { findSetting, keepSetting, lockSettings } from '../store/directory/settings.ts'

export type MakingNeeds = { sql: Sql; clock: Clock; files: FileStore }

/** What is kept of the demo business: where the first conversation is, and whose. */
export type DemoIds = { businessId: BusinessId; campaignId: CampaignId; customer: CustomerRow; chatId: ChatId }

const settingName = 'demo'
const folder = import.meta.dirname

export async function findDemo(sql: Queries): Promise<DemoIds | undefined> {
  const text = await findSetting(sql, settingName)
  return text === undefined ? undefined : readIds(text)
}

/** Makes the demo business of demo.yaml in one transaction; the one there is, if another process was faster. */
export async function makeDemo({ sql, clock, files }: MakingNeeds): Promise<DemoIds> {
  const { state, contents } = await readDemo()
  return sql.begin(async transaction => {
    await lockSettings(transaction)
    const found = await findDemo(transaction)
    if (found) return found
    const [business] = await putState({ sql: transaction, files, contents, now: clock.now() }, state)
    const [campaignId] = business?.campaignIds ?? []
    const [chat] = business?.chats ?? []
    if (!business || campaignId === undefined || !chat)
      throw new Error('demo.yaml has no business with a campaign and a chat')
    const ids = { businessId: business.businessId, campaignId, ...chat }
    await keepSetting(transaction, settingName, serializeIds(ids))
    return ids
  })
}

async function readDemo() {
  const read = await readStateText(await readFile(join(folder, 'demo.yaml'), 'utf8'))
  if (!read.ok) throw new Error(`demo.yaml is no state file: ${JSON.stringify(read)}`)
  const contents = new Map<string, Buffer>()
  for (const { path } of filesOf(read.state)) contents.set(path, await readFile(join(folder, path)))
  return { state: read.state, contents }
}

function serializeIds({ businessId, campaignId, customer, chatId }: DemoIds): string {
  return [businessId, campaignId, customer.customerId, chatId, customer.publicId, customer.name].join('\n')
}

function readIds(text: string): DemoIds {
  const [businessId = '', campaignId = '', customerId = '', chatId = '', publicId = '', name = ''] = text.split('\n')
  return {
    businessId: idFrom<BusinessId>(businessId),
    campaignId: idFrom<CampaignId>(campaignId),
    customer: { customerId: idFrom<CustomerRow['customerId']>(customerId), publicId, name },
    chatId: idFrom<ChatId>(chatId),
  }
}
