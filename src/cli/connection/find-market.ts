import { Command, InvalidArgumentError, Option } from 'commander'
import { Type } from 'typebox'
import { type BusinessId, idOf, maxInt64 } from '#contract'
import { Problem } from '#kit'
import { dataDefault, describe } from '../terminal/flags.ts'
import { AdminCalls } from './admin-calls.ts'
import { requireRunning } from './running-file.ts'

/** What a command that talks to a running market is told. */
export type ConnectionFlags = { url?: string; adminToken?: string; business?: BusinessId; data: string }

export type Place = { url: string; adminToken: string; businessId: BusinessId | undefined }

/** A command with its own flags, and those that say where the market is. */
export function connectedCommand(name: string, own: readonly Option[]): Command {
  const command = new Command(name)
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ optionDescription: describe })
  for (const option of [...own, ...options()]) command.addOption(option)
  return command
}

/** For the end of such a command's help. */
export const whereIsIt = `
The market is found by itself when it runs from this folder ("prilavok up" here), or by --data.
Variables: PRILAVOK_URL, PRILAVOK_ADMIN_TOKEN, PRILAVOK_BUSINESS_ID, PRILAVOK_DATA.`

function options(): Option[] {
  return [
    new Option('--business <id>', 'the cabinet; needed when there are several')
      .env('PRILAVOK_BUSINESS_ID')
      .argParser(id),
    new Option('--url <url>', 'where the market is').env('PRILAVOK_URL').argParser(marketUrl),
    new Option('--admin-token <token>', 'the token that the market has printed').env('PRILAVOK_ADMIN_TOKEN'),
    new Option('--data <folder>', 'the data folder of a market on this machine')
      .env('PRILAVOK_DATA')
      .default(dataDefault),
  ]
}

/** An id as the command line takes it. */
export function id(text: string): bigint {
  if (!/^[1-9]\d{0,18}$/.test(text) || BigInt(text) > maxInt64) throw new InvalidArgumentError('It must be a number.')
  return BigInt(text)
}

function marketUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new InvalidArgumentError('It must begin with http:// or https://.')
  return text.replace(/\/+$/, '')
}

/** The market meant by flags and variables, else the one that runs from the data folder. */
export async function findMarket({ url, adminToken, business, data }: ConnectionFlags): Promise<Place> {
  if (url !== undefined && adminToken !== undefined) return { url, adminToken, businessId: business }
  if (url !== undefined) {
    throw new Problem(
      `--url ${url} needs --admin-token (or PRILAVOK_ADMIN_TOKEN) too: the market prints it at its start.`,
    )
  }
  const running = await requireRunning(data)
  const own = { url: running.url, businessId: business ?? running.businessId }
  return { ...own, adminToken: adminToken ?? running.adminToken }
}

const businessId = idOf<BusinessId>('The cabinet.')
const Cabinets = Type.Object({ businesses: Type.Array(Type.Object({ businessId, name: Type.String() })) })
const namedMost = 5

/** The cabinet that was named, else the only one there is. */
export async function requireBusinessId(place: Place, admin: AdminCalls): Promise<BusinessId> {
  if (place.businessId !== undefined) return place.businessId
  const { businesses } = await admin.ask('GET /admin/v1/businesses', Cabinets)
  const [first, ...others] = businesses
  if (first && others.length === 0) return first.businessId
  if (!first) throw new Problem(`The market at ${place.url} has no cabinet: create one with POST /admin/v1/businesses.`)
  const named = businesses.slice(0, namedMost).map(({ businessId, name }) => `${businessId} (${printable(name)})`)
  const more = businesses.length > namedMost ? ', …' : ''
  throw new Problem(`There are several cabinets: name one with --business: ${named.join(', ')}${more}.`)
}

/** Whether the address is one of this machine that no other reaches. */
export function isLoopback(url: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}

/** A name that somebody typed, without what a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, ' ')
}

export function connect(place: Place): AdminCalls {
  return new AdminCalls(place.url, place.adminToken)
}
