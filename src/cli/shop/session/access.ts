import { Problem } from '#kit'
import { parseBaseUrl, parseId } from '../../terminal/parse-values.ts'
import { say } from '../../terminal/print.ts'
import { WrongUsage } from '../../terminal/wrong-usage.ts'
import type { Texts } from '../../texts/index.ts'
import { findProfile, type Kept, type Profile, profilesFile, readProfiles } from './kept-profiles.ts'

export const yandexUrl = 'https://api.partner.market.yandex.ru'

/** Which business, at which market, with which key. Without a business it is the only one that the key opens. */
export type ShopAccess = { apiKey: string; businessId: bigint | undefined; baseUrl: string; from: string }

/**
 * PRILAVOK_API_KEY with its companions, else the profile that is named, else the current one. Throws a Problem if there is
 * none, and WrongUsage if both were asked for: a message must not go to another business than the one that was named.
 */
export async function findAccess(
  profile: string | undefined,
  texts: Texts,
  environment = process.env,
): Promise<ShopAccess> {
  const apiKey = environment['PRILAVOK_API_KEY']
  if (apiKey !== undefined && apiKey !== '') {
    if (profile !== undefined) throw new WrongUsage(texts.profiles.keyAndProfile)
    const access = fromVariables(apiKey, environment, texts)
    await saySurprise(access, environment, texts)
    return access
  }
  const file = profilesFile(environment)
  const kept = await readProfiles(file, texts)
  const name = profile ?? environment['PRILAVOK_PROFILE']
  const found = findProfile(kept, name)
  if (found) return { ...found, from: found.name }
  throw new Problem(name === undefined ? texts.profiles.noKey : texts.profiles.noSuch(name))
}

function fromVariables(apiKey: string, environment: NodeJS.ProcessEnv, texts: Texts): ShopAccess {
  const business = environment['PRILAVOK_BUSINESS_ID']
  const baseUrl = parseBaseUrl(environment['PRILAVOK_URL'] ?? yandexUrl)
  if (baseUrl === undefined) throw new WrongUsage(`PRILAVOK_URL: ${texts.usage.url}`)
  return {
    apiKey: apiKey.trim(),
    businessId: business === undefined ? undefined : readBusiness(business, texts),
    baseUrl,
    from: 'PRILAVOK_API_KEY',
  }
}

async function saySurprise({ baseUrl }: ShopAccess, environment: NodeJS.ProcessEnv, texts: Texts): Promise<void> {
  // Profiles are not used here: what is wrong with their file is no concern of this command.
  const kept = await readProfiles(profilesFile(environment), texts).catch(() => ({ profiles: [] }))
  const ignored = ignoredProfile(baseUrl, kept, environment)
  if (ignored) say(`prilavok: ${texts.profiles.ignored(baseUrl, ignored.name, ignored.baseUrl)}`)
}

/** PRILAVOK_API_KEY alone leads to Yandex.Market, whatever other market a profile names: that one, if there is one. */
export function ignoredProfile(baseUrl: string, kept: Kept, environment: NodeJS.ProcessEnv): Profile | undefined {
  if (environment['PRILAVOK_URL'] !== undefined) return undefined
  const profile = findProfile(kept, environment['PRILAVOK_PROFILE'])
  return profile && profile.baseUrl !== baseUrl ? profile : undefined
}

function readBusiness(text: string, texts: Texts): bigint {
  const id = parseId(text)
  if (id === undefined) throw new WrongUsage(`PRILAVOK_BUSINESS_ID: ${texts.usage.id}`)
  return id
}
