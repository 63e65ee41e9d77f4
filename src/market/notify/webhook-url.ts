import { isIP } from 'node:net'
import { isPublicAddress } from './addresses.ts'

const maxLength = 2048
/** Names that only a local network knows; names without a dot are local too. */
const localNames = ['localhost', 'localdomain', 'local', 'internal', 'intranet', 'lan', 'home.arpa']

const dottedName = /^[^.]+(\.[^.]+)+$/

type Rule = [isBroken: (url: URL, text: string) => boolean, why: string]

const always: readonly Rule[] = [
  [(_url, text) => !/^https?:\/\/[^/\\]/i.test(text), 'The URL must begin with https:// or http:// and a name.'],
  [(_url, text) => /[\s\p{Cc}]/u.test(text), 'The URL has a space or a control character in it: remove it.'],
  // Some programs read a backslash as a slash and others do not, so they would read different hosts.
  [(_url, text) => text.includes('\\'), 'The URL has a backslash in it: write slashes.'],
  [(_url, text) => text.includes('#'), 'The URL has a # in it: what follows it is never sent, remove it.'],
  [
    ({ username, password }) => username !== '' || password !== '',
    'The URL has a name or a password before its @: remove them. Notifications are signed, check their signature instead.',
  ],
]

const publicOnly: readonly Rule[] = [
  [({ protocol }) => protocol !== 'https:', 'This market sends notifications over https alone: begin with https://.'],
  [({ port }) => port !== '', 'This market sends notifications to port 443 alone: leave the port out.'],
  [
    url => !isPublicHost(hostOf(url)),
    'The URL leads into a private or local network: give the name of a machine on the public internet.',
  ],
]

/** What is wrong with the address of a subscription, as far as can be said without looking up its name; a sentence. */
export function checkWebhookUrl(text: string, arePrivateAllowed: boolean): string | undefined {
  if (text.length > maxLength) return `The URL is longer than ${maxLength} characters: give a shorter one.`
  const url = URL.parse(text)
  if (url === null) return 'This is no URL: give a whole one, such as https://shop.example/notification.'
  const rules = arePrivateAllowed ? always : [...always, ...publicOnly]
  return rules.find(([isBroken]) => isBroken(url, text))?.[1]
}

/** The name or address to connect to: IPv6 without brackets, no dot at the end. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

function isPublicHost(host: string): boolean {
  if (isIP(host) !== 0) return isPublicAddress(host)
  return dottedName.test(host) && !localNames.some(name => host.endsWith(`.${name}`))
}
