import { InvalidInput } from '../errors.ts'

/** Where the market is and how to open it. */
export type Connection = {
  /** Without a slash at its end. */
  root: string
  origin: string
  fetch: typeof fetch
  apiKey: string
  integration: string
}

const defaultBaseUrl = 'https://api.partner.market.yandex.ru'
const keyMaxLength = 1000
const integrationMaxLength = 100

type Wanted = { apiKey: string; baseUrl?: string | undefined; fetch?: typeof fetch | undefined; integration: string }

/** Throws InvalidInput for what can be no key or address; never repeats what it was given. */
export function connectionOf({ apiKey, baseUrl = defaultBaseUrl, fetch: ask, integration }: Wanted): Connection {
  if (isEmpty(apiKey)) throw new InvalidInput('apiKey is empty: give the key of the business, ACMA:…')
  if (!isVisible(apiKey, keyMaxLength)) throw new InvalidInput('apiKey must be visible ASCII characters without spaces')
  if (!isVisible(integration, integrationMaxLength)) {
    throw new InvalidInput('integration must be 1 to 100 visible ASCII characters: name/version')
  }
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  const isPlain = url && /^https?:$/.test(url.protocol) && !(url.username || url.password || url.search || url.hash)
  if (!url || !isPlain)
    throw new InvalidInput('baseUrl must be an http or https address without user, query and fragment')
  const root = url.origin + url.pathname.replace(/\/+$/, '')
  // A browser's fetch throws when it is called as a method of another object.
  return { root, origin: url.origin, fetch: ask ?? ((input, init) => fetch(input, init)), apiKey, integration }
}

/** As is what an environment variable gives that is not set. */
function isEmpty(text: unknown): boolean {
  return text === undefined || text === null || text === ''
}

function isVisible(text: unknown, maxLength: number): boolean {
  return typeof text === 'string' && text.length <= maxLength && /^[\x21-\x7e]+$/.test(text)
}
