import { Problem } from '#kit'
import { parseBaseUrl, parseId } from '../../terminal/parse-values.ts'
import { WrongUsage } from '../../terminal/wrong-usage.ts'
import type { Texts } from '../../texts/index.ts'
import { findProfile, profilesFile, readProfiles } from './kept-profiles.ts'

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
    return fromVariables(apiKey, environment, texts)
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

function readBusiness(text: string, texts: Texts): bigint {
  const id = parseId(text)
  if (id === undefined) throw new WrongUsage(`PRILAVOK_BUSINESS_ID: ${texts.usage.id}`)
  return id
}
