import { counted } from './language.ts'

export const enStateHelp = {
  summary: 'put a state file into a market, or write one',
  description:
    'A state file is YAML: businesses, campaigns, orders, customers, chats and messages, as people write them.',
  file: 'the state file',
  seed: {
    summary: 'put a state file into a market, once',
    description:
      'Puts a state file into a market. Called again with the same file, it changes nothing and prints the same keys.',
  },
  import: {
    summary: 'put a state file into a market',
    description: 'Puts a state file into a market: all of it or nothing. Ids that are taken are refused.',
  },
  export: {
    summary: 'write what a market holds as a state file',
    description: 'Writes a state file, and the files of its messages into the folder "files" beside it.',
  },
  schema: {
    summary: 'print the JSON Schema of state files, for editors',
    description:
      'Prints the schema. A file that begins with "# yaml-language-server: $schema=PATH" is completed by it.',
  },
  options: { business: 'only this business', force: 'overwrite the file' },
  after: `
The market must have a lab (npm start, sim exec, market --lab): messages are
written at times that are over. It is the one that runs from the data folder,
unless --url and --admin-token name another.`,
}

export const enState = {
  notYaml: (place: string, why: string) => `${place} is no YAML: ${why}`,
  doesNotFit: (file: string, n: number) =>
    `${file} cannot be put, ${counted('en', n, { one: 'thing is wrong', other: 'things are wrong' })}; nothing was changed:`,
  unreadable: (file: string, code: string) => `${file} cannot be read (${code}): check the path.`,
  unwritable: (file: string, code: string) => `${file} cannot be written (${code}): check the folder.`,
  tooBig: (file: string, megabytes: number) => `${file} has more than ${megabytes} MB: divide it into several.`,
  isThere: (file: string) => `${file} is there already: name another file, or add --force.`,
  outside: 'is outside of the folder of the state file; put the file into it.',
  badFile: (megabytes: number) => `is no file of 1 byte to ${megabytes} MB.`,
  noFile: (code: string) => `cannot be read (${code}): the path is seen from the state file.`,
  noLab: (url: string) =>
    `The market at ${url} has no lab: start it with --lab. Only such a market takes and gives states.`,
  refusedByMarket: (url: string) => `The market at ${url} cannot take it; nothing was changed:`,
  put: 'Done.',
  wasThere: 'It was put before: nothing was changed.',
  business: (id: bigint, name: string, chats: string, messages: string) =>
    `Business ${id} "${name}": ${chats}, ${messages}.`,
  key: (name: string, businessId: bigint, token: string) => `Key "${name}" of business ${businessId}: ${token}`,
  exported: (file: string, businesses: string, chats: string, files: string) =>
    `${file}: ${businesses}, ${chats}, ${files}.`,
  businesses: (n: number) => counted('en', n, { one: 'business', other: 'businesses' }),
  chats: (n: number) => counted('en', n, { one: 'chat', other: 'chats' }),
  messages: (n: number) => counted('en', n, { one: 'message', other: 'messages' }),
  files: (n: number) => counted('en', n, { one: 'file', other: 'files' }),
  issues: {
    missing: 'is missing',
    kind: 'is not of the right kind (a text of digits needs quotes)',
    among: (words: string) => `must be one of: ${words}`,
    minimum: (bound: string) => `must be ${bound} or more`,
    maximum: (bound: string) => `must be ${bound} or less`,
    length: (min: number, max: number) => `must have ${min} to ${max} characters`,
    items: (min: number, max: number) => `must have ${min} to ${max} items`,
    repeated: 'must not have the same item twice',
  },
  rules: {
    'unknown field': 'is no field here: correct the name or remove it',
    'not a time': 'must be a time: 2026-03-01T12:00:00+03:00, -2h30m, or +7m after what is before it',
    'not a day': 'must be a day: 2026-03-01',
    'days in the wrong order': 'must not be before fromDate, or without it',
    'there twice': 'is there twice: ids are of one thing each',
    'no such customer': 'is no customer of this file: add it to "customers"',
    'no such order': 'is no order of this business: add it to one of its campaigns',
    'no such return': 'is no return of this business: add it to "returns" of an order',
    'about one thing': 'must have one of "order", "return" and "customer"',
    'one content': 'must have one of "text", "file" and "sticker"',
    'only a customer': 'only customers send stickers: "from" must be customer',
    'name without file': 'names a file that is not there: add "file", or remove it',
    'no such file': 'is not among the files that were sent',
    'cannot become this': 'cannot come of these messages: see docs/state.md for what can',
    'has another chat': 'is about what another chat is about already: put their messages together',
  },
  refused: {
    'business is there': 'is a business of this market already: take another id, or leave it out',
    'campaign is there': 'is a campaign of this market already: take another id, or leave it out',
    'in the future': "must not be later than the market's time",
    'before what is before': 'must not be earlier than what stands before it',
  },
}
