import type { ChatContextType, ChatStatus, Inside, Sender } from '#contract'
import { counted } from './language.ts'

const statuses: Record<Inside<ChatStatus>, string> = {
  new: 'new, empty',
  waiting_for_customer: 'waits for the buyer',
  waiting_for_partner: 'waits for you',
  waiting_for_arbiter: 'waits for the arbiter',
  waiting_for_market: 'waits for the market',
  finished: 'finished',
}
const senders: Record<Inside<Sender>, string> = {
  partner: 'You',
  customer: 'Buyer',
  market: 'Market',
  support: 'Support',
}
const contexts: Record<Inside<ChatContextType>, (id: bigint | undefined) => string> = {
  order: id => `order ${id ?? '?'}`,
  return: id => `return ${id ?? '?'}`,
  direct: () => 'direct',
}

const count = {
  chats: (n: number) => counted('en', n, { one: 'chat', other: 'chats' }),
  messages: (n: number) => counted('en', n, { one: 'message', other: 'messages' }),
  files: (n: number) => counted('en', n, { one: 'file', other: 'files' }),
}

const systemWords: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

/** What the shop's commands say. */
export const enShop = {
  statuses,
  senders,
  contexts,
  count,
  dispute: 'dispute',
  triedAgain: 'Trying again.',
  profiles: {
    unreadable: (file: string, code: string) =>
      `${file} cannot be read (${code}): fix that, or set PRILAVOK_CONFIG to another file.`,
    unwritable: (file: string, code: string) =>
      `${file} cannot be written (${code}): fix that, or set PRILAVOK_CONFIG to another file.`,
    damaged: (file: string) => `${file} is damaged: remove it and log in again with "prilavok login".`,
    none: 'There are no profiles: "prilavok login" makes one.',
    noKey: 'No key is known: log in with "prilavok login", or set PRILAVOK_API_KEY and PRILAVOK_BUSINESS_ID.',
    noSuch: (name: string) => `There is no profile ${name}: "prilavok profiles" lists those that are kept.`,
    keyAndProfile: 'PRILAVOK_API_KEY is set and wins over profiles: unset it, or leave --profile out.',
    ignored: (url: string, name: string, profileUrl: string) =>
      `PRILAVOK_API_KEY is set without PRILAVOK_URL: this is the market at ${url}, not the one of the profile ${name} (${profileUrl}).`,
    removed: (name: string) => `The profile ${name} and its key are removed from this machine.`,
    nowCurrent: (name: string) => `The current profile is ${name}.`,
    columns: { name: 'PROFILE', business: 'BUSINESS', url: 'MARKET' },
    current: 'current',
    fromVariables: 'PRILAVOK_API_KEY is set: commands use it, not these.',
  },
  login: {
    market: (url: string) => `Market: ${url} (another: --url)`,
    askKey: 'Api-Key (not shown): ',
    askBusiness: (ids: string) => `Business id (${ids}): `,
    noTerminal: 'There is no terminal to ask for the key in: give it with --key-stdin.',
    noKey: 'No key was given: it looks like ACMA:… and is made in your Market account, under API access.',
    refused: (why: string) =>
      `The market does not accept this key (${why}): copy it whole from your Market account, and check --url.`,
    noBusiness: 'This key opens no business: check that its business has a shop.',
    whichBusiness: (ids: string) => `The key opens several businesses: name one with --business: ${ids}.`,
    notYours: (id: bigint, ids: string) => `The key does not open the business ${id}, but ${ids}.`,
    noChatScope: 'Note: this key has no access to chats. Give it "communication" in your Market account.',
    done: (key: string, business: string, name: string) =>
      `Logged in: key "${key}", business ${business}, profile ${name}.`,
    keptIn: (file: string) => `Kept in ${file}, readable by you alone.`,
    tryIt: 'Try: prilavok chats list --waiting',
  },
  errors: {
    unauthorized: (why: string) =>
      `The market does not accept this key (${why}): log in again with "prilavok login", or mend PRILAVOK_API_KEY.`,
    forbidden: (why: string) =>
      `The market forbids this (${why}): check the scopes of the key and the business id; "prilavok doctor" tells more.`,
    notFound: (why: string) => `This business has no such thing (${why}): check the id and the profile.`,
    chatClosed: (why: string) => `The chat is finished: the market takes no more messages of the shop there (${why}).`,
    badRequest: (why: string) => `The market refuses this (${why}).`,
    limited: (until: string | undefined) =>
      `The limit of calls is reached: try again ${until === undefined ? 'later' : `after ${until}`}.`,
    waiting: (operation: string, until: string) =>
      `The hourly limit of ${operation} is reached; it goes on at ${until}. Ctrl-C stops.`,
    unavailable: (status: number, trace: string) =>
      `The market is not well (status ${status}): try again later.${trace}`,
    trace: (id: string) => ` Its trace id: ${id}.`,
    connection: (url: string, why: string) =>
      `The market at ${url} cannot be reached (${why}): check the network and the address.`,
    timeout: (url: string, seconds: number) =>
      `The market at ${url} has not answered in ${seconds} s: try again later.`,
    wire: (what: string) => `What answers does not speak the published API (${what}): check the address.`,
    invalid: (what: string) => `${what}.`,
    file: (path: string, code: string) => `${path} cannot be used: ${systemWords[code] ?? code}.`,
    output: (code: string) => `The output cannot be written: ${systemWords[code] ?? code}.`,
  },
  usage: {
    id: 'It must be a number.',
    networks: 'It must be addresses or networks, comma-separated: 10.0.0.0/8, loopback, uniquelocal.',
    wholeNumber: (max: number) => `It must be a whole number from 0 to ${max}.`,
    program: 'It must be an address such as http://localhost:3000/notification.',
    url: 'It must begin with http:// or https://.',
    override: (fields: string) =>
      `It must be path=value, as in customer.name=Ivan, order.items.0.name=Mug or message.text=Hello. There are ${fields}.`,
    status: 'It must be a status such as 404, or a class of them such as 4xx.',
    secret: 'It must be whsec_ and 16 to 64 bytes in Base64.',
    profile: 'It must have 1 to 50 letters, digits, dots, dashes or underscores.',
    seconds: 'It must be a number of seconds, 1 or more.',
    oneOf: (words: string) => `There are: ${words}.`,
    oneAbout: 'Say what the chat is about: --order or --return, one of them.',
    emptyText: 'There is no text to send.',
    longText: (has: string, max: string) =>
      `The text has ${has} characters, the market takes ${max}: shorten or split it.`,
  },
  chats: {
    columns: { chat: 'CHAT', about: 'ABOUT', buyer: 'BUYER', status: 'STATUS', updated: 'UPDATED' },
    none: 'No chats.',
    noneWaiting: 'Nobody is waiting for you.',
    more: (n: number) => `The newest ${n} are shown: --limit 0 shows all.`,
    rows: {
      chat: 'Chat',
      about: 'About',
      shop: 'Shop',
      order: 'Order',
      buyer: 'Buyer',
      status: 'Status',
      created: 'Opened',
      updated: 'Last message',
    },
    opened: (chat: bigint, about: string) => `Chat ${chat} about ${about}.`,
  },
  history: {
    none: 'No messages.',
    file: (name: string, size: string) => `[file ${name}, ${size}]`,
    sticker: '[no text: a sticker, perhaps]',
    following: 'Ctrl-C stops.',
  },
  send: {
    confirmed: (message: bigint, chat: string) => `Sent: message ${message} in chat ${chat}.`,
    notSent: (why: string) => `Not sent. ${why}`,
    unknown: (chat: string) =>
      `Nobody can tell whether it was sent. Look before you send again: prilavok history ${chat}`,
    fileSent: (name: string, chat: string) => `Sent: ${name} in chat ${chat}.`,
    sendingFile: (name: string) => `sending ${name}`,
    tooBig: (name: string, max: string) => `${name} is larger than ${max}, the most the market takes.`,
    emptyFile: (name: string) => `${name} is empty.`,
    notAFile: (path: string) => `${path} is not a file.`,
  },
  watch: {
    begin: (business: bigint, seconds: number) =>
      `Watching the chats of business ${business}, every ${seconds} s. Ctrl-C stops.`,
    chat: (id: bigint) => `chat ${id}`,
    newChat: 'new chat',
    nowStatus: (status: string) => `now ${status}`,
  },
  export: {
    listing: 'listing chats',
    reading: 'reading messages',
    files: 'downloading files',
    writing: 'writing',
    progress: (done: string, known: number, messages: string) => `${done} of ${count.chats(known)}, ${messages}`,
    ofFiles: (done: string, known: string) => `${done} of ${known}`,
    left: (time: string) => `about ${time} left`,
    otherBusiness: (folder: string, business: string) =>
      `${folder} holds an export of ${business}: choose another folder with --out.`,
    notEmpty: (folder: string) => `${folder} is not empty and holds no export: choose another folder with --out.`,
    damaged: (file: string) => `${file} is damaged: remove it and run the export again.`,
    notThere: (folder: string) => `${folder} holds no export: make one with "prilavok export --out ${folder}".`,
    done: (chats: string, messages: string, files: string, place: string) =>
      `${chats}, ${messages}, ${files}: ${place}`,
    filesMissing: (files: string) => `${files} could not be downloaded: run the same command again to try only these.`,
    stopped: 'Stopped. The same command goes on from here.',
  },
  verify: {
    checking: 'comparing with the market',
    result: (chats: string, messages: string, missing: number, different: number) =>
      `${chats}, ${messages}, ${missing} missing, ${different} different`,
    filesMissing: (files: string) => `${files} missing on disk, or damaged`,
    mend: 'Run the export again to fix it.',
  },
  page: {
    title: (business: string) => `Chats of business ${business}`,
    back: 'to the list',
    fileMissing: 'could not be downloaded',
  },
  doctor: {
    address: 'Address',
    key: 'Key',
    scopes: 'Scopes',
    cabinet: 'Business',
    chats: 'Chats',
    limits: 'Limits',
    clock: 'Clock',
    receiver: 'Receiver',
    reached: (url: string, ms: number) => `${url} answers in ${ms} ms`,
    notTheApi: (url: string) => `${url} answers, but not as the API of a market`,
    notTheApiFix: 'Check the address: it ends where the paths of the API begin.',
    keyTaken: (name: string) => `"${name}" is accepted`,
    mayWrite: (scopes: string) => `may read and write chats (${scopes})`,
    mayRead: (scopes: string) => `may read chats but not write (${scopes})`,
    mayReadFix: 'To answer buyers, make a key with "communication" in your Market account.',
    noChats: (scopes: string) => `has no access to chats (${scopes})`,
    noChatsFix: 'Make a key with "communication" in your Market account, then "prilavok login".',
    businessOpen: (id: bigint, shops: string) => `${id}: ${shops}`,
    shops: (n: number) => counted('en', n, { one: 'shop', other: 'shops' }),
    shopDisabled: (names: string) => `the API is switched off for ${names}`,
    shopDisabledFix: 'Switch it on in your Market account.',
    businessNot: (id: bigint, ids: string) => `the key does not open ${id}${ids === '' ? '' : `, but ${ids}`}`,
    businessFix: 'Log in with the right business id: prilavok login --business <id>',
    chatsRead: 'can be read',
    limit: (call: string, left: string, until: string) => `${call} ${left} until ${until}`,
    limitsUntold: 'the market has not told any',
    limitsLow: 'Little is left of this hour: wait, or run fewer programs on this business.',
    clockGood: (seconds: number) =>
      seconds === 0 ? "agrees with the market's" : `${seconds} s apart from the market's`,
    clockBad: (seconds: number, isAhead: boolean) => `${seconds} s ${isAhead ? 'ahead of' : 'behind'} the market's`,
    clockFix: 'Set the clock of this machine (NTP): signed notifications are refused when clocks differ.',
    clockUntold: 'the market sends no Date',
    receiverGood: (url: string, ms: number) => `${url} answers PING in ${ms} ms`,
    receiverSlow: (ms: number) => `answers PING, but in ${ms} ms`,
    receiverBad: (url: string, why: string) => `${url}: ${why}`,
    receiverFix: 'It must answer PING within 1 s with 200 and {"version":"…","name":"…","time":"…"}.',
    receiverAwayFix: 'Start it, and check the address.',
    noAnswer: (seconds: number) => `has not answered in ${seconds} s`,
    unreachable: (why: string) => `cannot be reached (${why})`,
    status: (status: number) => `answers ${status}`,
    badBody: 'answers 200, but its body is not as it must be',
    allWell: 'All is well.',
    notWell: (n: number) => `${counted('en', n, { one: 'thing', other: 'things' })} to fix.`,
  },
}
