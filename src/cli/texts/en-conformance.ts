import { counted } from './language.ts'

const checks = (n: number) => counted('en', n, { one: 'check', other: 'checks' })
const calls = (n: number) => counted('en', n, { one: 'call', other: 'calls' })
const number = new Intl.NumberFormat('en')

/** What `prilavok conformance` says; its help is in en-help.ts. */
export const enConformance = {
  transport: 'all paths',
  writeAndReadOnly: '--read-only and --write-to-chat exclude each other.',
  orderWithoutChat: '--order opens a chat: it needs --write-to-chat.',
  finishedWithoutChat: '--finished-chat is written into: it needs --write-to-chat.',
  realCustomer: (host: string) =>
    `${host} is Yandex.Market: what is written there a real customer reads. Nothing is written without --real-customer.`,
  willWrite: (chatId: bigint, host: string) =>
    `This run writes: dozens of messages and files into chat ${chatId} at ${host}, which its customer will read.`,
  about: (count: number, cost: number, parallel: number) =>
    `${checks(count)}, ${calls(cost)} at the most, ${parallel} at once at the most.`,
  planTitle: 'What a run costs, at the most (nothing was sent):',
  planColumns: ['operation', 'checks', 'calls', 'per hour'] as readonly string[],
  total: 'together',
  checked: (url: string, businessId: bigint) => `${url}, business ${businessId}`,
  onlyRead: 'only read',
  wrote: 'read and wrote',
  held: (n: number) => `${number.format(n)} held`,
  differs: (n: number) => `${number.format(n)} differ`,
  ours: (n: number) => `${number.format(n)} differ from our market`,
  notChecked: (n: number) => `${number.format(n)} not checked`,
  sent: 'sent',
  expected: 'expected',
  came: 'came',
  seeCompat: (row: string) => `differs from our market, see compat: ${row}`,
  by: (source: string) => `by the ${source}`,
  more: (n: number) => `and ${number.format(n)} more (--verbose tells all):`,
  whyNot: 'Not checked:',
  cost: 'Calls made:',
  ofHour: (made: number, perHour: number) => `${number.format(made)} of ${number.format(perHour)} an hour`,
  allHeld: (n: number) => `${checks(n)} held. Nothing differs.`,
  differ: (fromContract: number, fromOurs: number) =>
    `${number.format(fromContract)} differ from the published contract, ${number.format(fromOurs)} from choices of our market.`,
  incomplete: (n: number) => `${checks(n)} could not be made because of limits or lost answers: run again later.`,
  nothingHeld: 'Nothing could be checked.',
  couldNotRun: (why: string) => `The server could not be checked: ${why}.`,
}
