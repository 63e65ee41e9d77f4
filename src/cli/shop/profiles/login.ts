import { text as readAll } from 'node:stream/consumers'
import { type TokenInfo, Unauthorized } from '#client'
import { Problem } from '#kit'
import { ask, askHidden, isInTerminal } from '../../terminal/ask.ts'
import { print, printJson, say } from '../../terminal/print.ts'
import { onOneLine } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'
import { yandexUrl } from '../session/access.ts'
import { explainError, whyRefused } from '../session/explain-error.ts'
import { profileDefault, profilesFile, readProfiles, withProfile, writeProfiles } from '../session/kept-profiles.ts'
import { businessesOf, marketAt } from '../session/open-shop.ts'
import { runInWords } from '../session/run-shop.ts'
import { mayReadChats } from '../session/scopes.ts'
import { makeLocalKey } from './make-local-key.ts'

export type LoginFlags = {
  profile?: string
  url?: string
  business?: bigint
  keyStdin?: true
  local?: true
  data: string
  json?: true
}

type Own = { texts: Texts; signal: AbortSignal }
type Given = { apiKey: string; baseUrl: string; business: bigint | undefined }

/** Checks a key, and keeps it. */
export async function login(flags: LoginFlags): Promise<void> {
  await runInWords(async own => {
    const { texts } = own
    const file = profilesFile(process.env)
    const kept = await readProfiles(file, texts)
    const given = flags.local ? await makeLocalKey(flags.data, flags.business, texts) : await takeKey(flags, own)
    const { apiKey, baseUrl } = given
    const { token, businessId, businessName } = await check(given, own)
    const name = flags.profile ?? profileDefault
    await writeProfiles(file, withProfile(kept, { name, apiKey, businessId, baseUrl }), texts)
    if (!mayReadChats(token.scopes)) say(texts.login.noChatScope)
    if (flags.json) printJson({ profile: name, businessId, baseUrl, key: token.name, scopes: token.scopes, file })
    else {
      const business = [`${businessId}`, onOneLine(businessName)].filter(Boolean).join(' · ')
      print(texts.login.done(onOneLine(token.name), business, name))
      print(texts.login.keptIn(file))
      print(texts.login.tryIt)
    }
    return 0
  })
}

async function takeKey({ keyStdin, url = yandexUrl, business }: LoginFlags, own: Own): Promise<Given> {
  const { texts, signal } = own
  if (!keyStdin && !isInTerminal()) throw new Problem(texts.login.noTerminal)
  if (!keyStdin) say(texts.login.market(url))
  const apiKey = (keyStdin ? await readAll(process.stdin) : await askHidden(texts.login.askKey, signal)).trim()
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new Problem(texts.login.noKey)
  return { apiKey, baseUrl: url, business }
}

async function check({ apiKey, baseUrl, business }: Given, own: Own) {
  try {
    const market = marketAt({ apiKey, baseUrl, businessId: business })
    const token: TokenInfo = await market.token({ signal: own.signal })
    const businesses = await businessesOf(market, own.signal)
    const businessId = await chooseBusiness(businesses, business, own)
    return { token, businessId, businessName: businesses.get(businessId) ?? '' }
  } catch (error) {
    if (error instanceof Unauthorized) throw new Problem(own.texts.login.refused(whyRefused(error)), { cause: error })
    throw own.signal.aborted ? error : explainError(error, own.texts, baseUrl)
  }
}

async function chooseBusiness(businesses: Map<bigint, string>, wanted: bigint | undefined, own: Own): Promise<bigint> {
  const { login: texts } = own.texts
  const ids = [...businesses.keys()]
  const list = ids.join(', ')
  const [only] = ids
  if (only === undefined) throw new Problem(texts.noBusiness)
  if (wanted === undefined && ids.length === 1) return only
  if (wanted === undefined && !isInTerminal()) throw new Problem(texts.whichBusiness(list))
  const chosen = wanted ?? toId(await ask(texts.askBusiness(list), own.signal))
  if (businesses.has(chosen)) return chosen
  throw new Problem(texts.notYours(chosen, list))
}

function toId(text: string): bigint {
  return /^\d{1,19}$/.test(text) ? BigInt(text) : 0n
}
