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

export const enRecordHelp = {
  record: {
    summary: 'record what a shop and the real Market say to each other',
    description:
      'Passes every request on to the Market and the answer back, and writes both into a file without keys, names, contacts and files.',
    options: {
      to: 'the file to write, one that is not there yet',
      target: 'where requests go',
      port: 'port to listen on, on this machine alone; 0 takes a free one',
    },
    after: `
Give your program the address that is printed in place of the Market's. Ctrl-C
ends the recording. Look through the file before you give it to anybody.`,
  },
  replay: {
    summary: 'let a recorded conversation happen in a market with a lab',
    description:
      'Puts the recorded chats into a business of their own; then the customers write again what they wrote, in the same order and at the same pace.',
    file: 'a recording of prilavok record',
    options: {
      fast: 'one after the other, without the pauses',
      faults: 'refusals and lost connections of the recording happen too',
      atOnce: 'begin without waiting for the first call of your program',
    },
    after: `
The market is the one that runs from the data folder, unless --url and
--admin-token name another. It prints the key for your program.`,
  },
}

export const enRecord = {
  isThere: (file: string) => `${file} is there already: name another file.`,
  unwritable: (file: string, code: string) => `${file} cannot be written (${code}): check the folder.`,
  unreadable: (file: string, code: string) => `${file} cannot be read (${code}): check the path.`,
  noRecording: (file: string) => `${file} is no recording of this version: make one with prilavok record.`,
  badLine: (file: string, line: number) => `${file}:${line} is no line of a recording: remove or correct it.`,
  noPort: (port: number, code: string) => `Port ${port} cannot be listened on (${code}): choose another with --port.`,
  ready: (url: string, target: string, file: string) =>
    `Recording ${target} into ${file}. Give your program this address: ${url}`,
  done: (file: string, exchanges: string) =>
    `${file}: ${exchanges}. Names and contacts are masked; look through it before you give it away.`,
  exchanges: (n: number) => counted('en', n, { one: 'exchange', other: 'exchanges' }),
  noChats: (file: string) => `${file} has no chat: record a program that reads chats or their history.`,
  noLab: (url: string) => `The market at ${url} has no lab: start it with --lab.`,
  businessName: 'Recording',
  shopIs: (url: string, businessId: bigint, key: string) =>
    `Give your program:\nexport PRILAVOK_URL=${url} PRILAVOK_BUSINESS_ID=${businessId} PRILAVOK_API_KEY=${key}`,
  waits: 'It begins with the first call of your program.',
  replayed: (events: string) => `Done: ${events}.`,
  events: (n: number) => counted('en', n, { one: 'event', other: 'events' }),
}
