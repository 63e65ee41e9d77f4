import { counted } from './language.ts'

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
