import { createHash } from 'node:crypto'
import {
  type BusinessId,
  type CampaignId,
  type ChatId,
  decode,
  idOf,
  int32,
  keysPerBusiness,
  parseJson,
  type Scope,
  type Static,
  serializeJson,
  Type,
} from '#contract'
import type { Queries, Sql } from '#database'
import type { Clock } from '#kit'
import type { FileStore } from '../files/file-store.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { Secrets } from '../keys/secrets.ts'
import { derivedToken, hashToken, makeToken } from '../keys/token.ts'
import { findSetting, lockSettings, saveSetting } from '../store/directory/settings.ts'
import { findKeyByHash, insertKeyIn } from '../store/keys.ts'
import type { State } from './declaration.ts'
import { type PutBusiness, putState } from './put-state.ts'

export type ImportNeeds = {
  sql: Sql
  clock: Clock
  files: FileStore
  keyring: Keyring
  secrets: Pick<Secrets, 'apiKeys' | 'seededKeys'>
}

type Importing = { state: State; contents: ReadonlyMap<string, Buffer>; isOnce: boolean }

/** What an import has made of a business. */
export const ImportedBusiness = Type.Object(
  {
    businessId: idOf<BusinessId>('The business.'),
    name: Type.String({ description: 'What people call it.' }),
    campaignIds: Type.Array(idOf<CampaignId>('The campaign.'), { description: 'Of its campaigns, in their order.' }),
    chatIds: Type.Array(idOf<ChatId>('The chat.'), { description: 'Of its chats, in their order.' }),
    messages: int32({ description: 'How many messages.' }),
  },
  { title: 'ImportedBusiness' },
)
type ImportedBusiness = Static<typeof ImportedBusiness>
const Kept = Type.Object({ businesses: Type.Array(ImportedBusiness) })

type MadeKey = { businessId: BusinessId; name: string; token: string }
type Imported = { isNew: boolean; businesses: ImportedBusiness[]; keys: MadeKey[] }

/**
 * Puts a checked state into the market, all of it or nothing. One that is put once only is known by its content: the second time
 * nothing is written, and what there is is told. Throws StateRefused.
 */
export async function importState(needs: ImportNeeds, importing: Importing): Promise<Imported> {
  const { sql, clock, files, keyring } = needs
  const { state, contents, isOnce } = importing
  const print = printOf(importing)
  const keys: MadeKey[] = []
  const imported = await sql.begin(async transaction => {
    const known = isOnce ? await findImported(transaction, print) : undefined
    if (known) return { isNew: false, businesses: known }
    const put = await putState({ sql: transaction, files, contents, now: clock.now() }, state)
    for (const key of keysOf(state, put)) {
      const token = isOnce ? derivedToken(needs.secrets.seededKeys, `${print} ${key.label}`) : makeToken()
      await makeKey(transaction, needs, { ...key, token })
      keys.push({ businessId: key.businessId, name: key.name, token })
    }
    const businesses = put.map(({ chats, ...business }) => ({
      ...business,
      chatIds: chats.map(({ chatId }) => chatId),
    }))
    if (isOnce) await saveSetting(transaction, settingOf(print), serializeJson({ businesses }))
    return { isNew: true, businesses }
  })
  if (imported.isNew) keyring.changed()
  return { ...imported, keys: imported.isNew ? keys : await findKeys(needs, { state, print }, imported.businesses) }
}

const settingOf = (print: string) => `seed ${print}`

/** The same content has the same, however its file is written. */
function printOf({ state, contents }: Importing): string {
  const files = Array.from(contents, ([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]).sort()
  return createHash('sha256').update(serializeJson({ state, files })).digest('hex')
}

async function findImported(transaction: Queries, print: string): Promise<ImportedBusiness[] | undefined> {
  await lockSettings(transaction)
  const parsed = parseJson((await findSetting(transaction, settingOf(print))) ?? '')
  const kept = parsed.ok ? decode(Kept, parsed.value) : undefined
  return kept?.ok ? kept.value.businesses : undefined
}

/** The keys that a state names, each with its place. */
function keysOf({ businesses = [] }: State, put: readonly Pick<PutBusiness, 'businessId'>[]) {
  return put.flatMap(({ businessId }, n) =>
    (businesses[n]?.keys ?? []).map((key, m) => ({ ...key, businessId, label: `${n} ${m}` })),
  )
}

type WantedKey = { businessId: BusinessId; name: string; scopes: Scope[]; token: string }

async function makeKey(transaction: Queries, { secrets, clock }: ImportNeeds, { token, ...key }: WantedKey) {
  const hash = hashToken(secrets.apiKeys, token)
  const made = await insertKeyIn(transaction, { ...key, hash, max: keysPerBusiness, now: clock.now() })
  if (!made) throw new Error(`key ${key.name} of a business that was just made was refused`)
}

/** The keys of a state that was put once before, but for those that were revoked since. */
async function findKeys(
  { sql, secrets }: ImportNeeds,
  { state, print }: { state: State; print: string },
  businesses: readonly ImportedBusiness[],
): Promise<MadeKey[]> {
  const found: MadeKey[] = []
  for (const { businessId, name, label } of keysOf(state, businesses)) {
    const token = derivedToken(secrets.seededKeys, `${print} ${label}`)
    const key = await findKeyByHash(sql, hashToken(secrets.apiKeys, token))
    if (key?.revokedAt === null) found.push({ businessId, name, token })
  }
  return found
}
