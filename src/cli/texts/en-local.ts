import { counted, type Rewording } from './language.ts'

/** What commander says of wrong usage, and what is said instead. */
const wrongUsage: Rewording = [
  [/option '(.*)' argument '(.*)' is invalid\./s, '$1 cannot be "$2".'],
  [/option '(.*)' value '(.*)' from env '(.*)' is invalid\./s, '$1 cannot be "$2" (the variable $3).'],
  [/command-argument value '(.*)' is invalid for argument '(.*)'\./s, '<$2> cannot be "$1".'],
  [/Allowed choices are (.*)\.$/m, 'It is one of $1.'],
]

type Style = (text: string) => string

/** What the local commands say: those that start a market, and those that talk to one on this machine. */
export const enLocal = {
  program: {
    unexpected: 'this should not have happened, please report it:',
    tryHelp: (command: string) => `Try: ${command} --help`,
    wrongUsage,
  },
  connection: {
    needsToken: (url: string) =>
      `--url ${url} (or PRILAVOK_URL) needs --admin-token (or PRILAVOK_ADMIN_TOKEN) too, as this market does not run from this folder: it prints the token at its start.`,
    elsewhere: (url: string, folder: string, running: string) =>
      `This is the market at ${url} (--url or PRILAVOK_URL), not the one that runs from ${folder} (${running}).`,
    noBusiness: (url: string) => `The market at ${url} has no business: create one with POST /admin/v1/businesses.`,
    whichBusiness: (list: string) => `There are several businesses: name one with --business: ${list}.`,
    badToken: (url: string) =>
      `The market at ${url} does not take this token: check --admin-token (PRILAVOK_ADMIN_TOKEN).`,
    away: (url: string, why: string) =>
      `No market answers at ${url} (${why}): start it with "prilavok up", or check --url.`,
    unwell: 'it answers 503: its database is unavailable, or it is stopping',
    noAnswer: (seconds: number) => `no answer in ${seconds} s`,
    noReason: 'no reason was given',
    refused: (why: string) => why,
    refusedFor: (why: string) => `The market refuses: ${why}.`,
    otherVersion: (url: string) => `What answers at ${url} is not a market of this version: check --url.`,
    noMarket: (url: string, status: number) =>
      `What answers at ${url} is not a market (status ${status}): check --url.`,
    notRunning: (folder: string) =>
      `No market runs from ${folder}: start one with "prilavok up", name its folder with --data, or say where it is with --url and --admin-token.`,
    killed: (folder: string, pid: number, url: string) =>
      `The market of ${folder} (process ${pid}, ${url}) was ended by force and runs no more: start it again with "prilavok up".`,
    unreadable: (file: string, code: string) =>
      `${file} cannot be read (${code}): say where the market is with --url and --admin-token.`,
    damaged: (file: string) => `${file} is damaged: start the market again, or give --url and --admin-token.`,
  },
  serve: {
    badDatabaseUrl:
      'The database URL cannot be read (it comes from --database-url or PRILAVOK_DATABASE_URL, for "market" also from DATABASE_URL): it must look like postgres://user:password@host:5432/name, with a % in them written %25.',
    shortSecret: (length: number) => `PRILAVOK_SECRET must have at least ${length} characters.`,
    cutSecret: (file: string) =>
      `The secret in ${file} is cut short: put the whole one back, or start anew with another --data.`,
    badFolder: (folder: string, code: string, path: string | undefined) =>
      `The data folder ${folder} cannot be used (${code}${path === undefined ? '' : ` at ${path}`}): fix that, or give another with --data.`,
    steps: {
      postgres: 'Starting PostgreSQL…',
      market: 'Starting the market…',
      demo: 'Making sure of the demo business…',
      desk: 'Starting the desk…',
    },
    marketAt: (url: string) => `Market: ${url} (docs: ${url}/docs)`,
    metricsAt: (url: string) => `Metrics: ${url}`,
    adminToken: (token: string) => `Admin token: ${token}`,
    newToken: (token: string, consoleUrl: string) =>
      `The admin token was revoked, and everybody is signed out of the console.\nThe new one: ${token}\nConsole: ${consoleUrl}`,
    tokenRenewed: (folder: string) => `The admin token was revoked: running.json in ${folder} has the new one.`,
  },
  desk: {
    owner: 'Owner',
    ready: (url: string, link: string) => `Desk: ${url}\nSign in, once: ${link}\nCtrl-C stops it.`,
    rotated: 'The keys are sealed with another secret, which is in desk-secret now. Keep a copy of it.',
    rotatedTo: 'The keys are sealed with PRILAVOK_NEW_SECRET: start the desk with it as PRILAVOK_SECRET.',
    needsNewSecret: 'PRILAVOK_SECRET is set: give the next one in PRILAVOK_NEW_SECRET.',
    stillRuns:
      'A desk runs on this database: stop every one of them first. After a kill its sign of life lasts some seconds.',
    noSecret: (folder: string) => `No desk has used the data folder ${folder}: name another with --data.`,
  },
  welcome: {
    waits: (strong: Style) => `${strong('A buyer waits')}, answer them:`,
    ready: 'is ready.',
    console: 'Console',
    signsIn: '(signs in once)',
    api: "Shop's API",
    docs: 'Docs',
    business: 'Business',
    key: 'Api-Key',
    customer: 'Buyer',
    customerToken: 'Buyer token',
    adminToken: 'Admin token',
    data: 'Data',
    madeNow: '(made now)',
    kept: '(kept from before)',
    ownPostgres: (folder: string) => `in your PostgreSQL; files in ${folder}`,
    ownPostgresAndBucket: (bucket: string, folder: string) =>
      `in your PostgreSQL; files in ${bucket}; the secret in ${folder}`,
    withBucket: (folders: string, bucket: string) => `${folders}; files in ${bucket}`,
    apart: (folder: string, postgres: string) => `${folder} and ${postgres} (PostgreSQL)`,
    conversation: (strong: Style) => `${strong('A first conversation')}, to paste in another terminal, in this folder:`,
    variables: 'for the lines of README.md; those below have it all in them',
    question: "the buyer's question",
    answer: 'your answer',
    photo: 'a photo',
    seen: 'what the buyer sees',
    notifications: (strong: Style) =>
      `${strong('Notifications')}, to watch in another terminal, in this folder, and to provoke:`,
    stop: 'Ctrl-C stops everything.',
  },
  listen: {
    elsewhere: (url: string) =>
      `The market at ${url} is on another machine and cannot reach this one by itself: open a tunnel to a port here and give both, as in --port 4000 --public-url https://your-tunnel.example.`,
    portTaken: (host: string, port: number) =>
      `Port ${port} on ${host} is taken: give another --port (0 takes a free one).`,
    noAddress: (host: string) => `This machine has no address ${host}: check --host.`,
    portForbidden: (host: string, port: number) => `Port ${port} on ${host} needs more rights: give --port above 1023.`,
    localRefused:
      'This market does not notify local addresses: start it with --allow-private-webhooks (prilavok up does), or give --public-url with an https:// address.',
    gone: 'The subscription is gone (somebody has deleted it, or the market runs on other data now): run prilavok listen again.',
    title: (strong: Style) => `${strong('Listening')} for notifications.`,
    market: 'Market',
    business: 'Business',
    types: 'Types',
    all: 'all',
    forwardTo: 'Forward to',
    nothing: (dim: Style) => `nothing: answered here (${dim('--forward-to')} gives them to a program)`,
    secret: 'Secret',
    secretNote: '(signs webhook-signature; the same at every run: --print-secret)',
    badSecret: (file: string) =>
      `${file} holds no secret (whsec_…): remove it, and another one is made, or give one with --secret.`,
    stop: 'Ctrl-C unsubscribes and stops.',
    stopOrRetry: 'r tries at once what waits for its next attempt. Ctrl-C unsubscribes and stops.',
    waits: (seconds: number | undefined, behind: number) =>
      `${seconds === undefined ? 'To be tried again' : `Again in ${seconds > 120 ? `${Math.round(seconds / 60)} min` : `${seconds} s`}`}${behind > 0 ? `; ${counted('en', behind, { one: 'waits', other: 'wait' })} behind it` : ''}.`,
    badPing: (why: string) =>
      `PING is not answered as it must be (${why}), and until it is, nothing is sent. Within 1 s: status 200 and {"version":"…","name":"…","time":"…"}. Asking again every 2 s.`,
    httpStatus: (status: number) => `status ${status}`,
    otherSecret: 'Does the program know the secret above? "prilavok listen --print-secret" prints it.',
    back: 'The market is back.',
    away: (why: string) => `The market does not answer (${why}): looking for it every 2 s.`,
    enabled: 'The subscription is enabled again.',
    cancelled: (n: number) =>
      `${counted('en', n, { one: 'waiting notification', other: 'waiting notifications' })} cancelled`,
    disabled: (cancelled: string) =>
      `The subscription was disabled: ${cancelled}. Nothing comes until it is enabled again.`,
    failed: (cancelled: string) =>
      `The market has given up after 14 days without success and disabled the subscription: ${cancelled}. Fix the program, then enable it again.`,
    unsubscribed: 'unsubscribed',
    leftBehind: 'the market does not answer, so the subscription stays: the next prilavok listen takes it over',
    stopped: (summary: string, left: string) => `Stopped: ${summary}; ${left}.`,
  },
  attempts: {
    unknownType: 'unknown',
    chat: (id: bigint) => `chat ${id}`,
    message: (id: string) => `message ${id}`,
    took: (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`),
    again: 'again',
    retry: (n: number) => `retry ${n}`,
    retried: 'to be tried again',
    none: 'no notifications came',
    count: (n: number) => counted('en', n, { one: 'attempt', other: 'attempts' }),
    delivered: (n: number) => `${n} delivered`,
    refused: (n: number) => `${n} refused`,
    failed: (n: number) => `${n} failed`,
  },
  answer: {
    late: 'no answer in time',
    refused: 'refused for good',
    redirect: 'redirects are not followed',
    media: 'its content-type is not application/json',
    long: 'its body is longer than 64 KB',
    empty: 'its body is empty',
    noJson: 'its body is not JSON',
    lacks: (fields: string) => `its body lacks ${fields}`,
    badTime: 'time is not a date',
    noHttp: (host: string) => `${host} does not speak HTTP`,
    unreachable: (host: string, code: string) =>
      `${host}: ${unreachable[code] ?? (code || 'it closed the connection without an answer')}`,
  },
  trigger: {
    noEvent: (word: string, all: string) => `There is no event ${word}, but ${all}.`,
    ownChat: 'chat.direct opens a new chat: leave --chat out, or use message.customer.',
    newChat: 'Another customer or order is of a new chat: leave --chat out.',
    noOrder: 'chat.direct has no order: leave --override order.… out.',
    noCampaign: (business: bigint, path: string) =>
      `Business ${business} has no shop to order from: create one with POST ${path}.`,
    noDirect: (business: bigint, path: string) =>
      `Business ${business} takes no direct messages: allow them with PATCH ${path} {"directMessages":"all"}.`,
    unreadable: (path: string, code: string) => `The file ${path} cannot be read (${code}): check --file.`,
    done: (did: string, chat: string, status: string) => `${did} in ${chat}; the chat is now ${status}.`,
    chat: (id: bigint, isNew: boolean) => `${isNew ? 'the new ' : ''}chat ${id}`,
    order: (id: bigint) => ` (order ${id})`,
    message: (id: bigint) => `, message ${id}`,
    events: {
      'message.customer': { did: 'The customer wrote', summary: 'the customer writes a text' },
      'message.support': { did: 'Support wrote', summary: 'the arbiter or other staff write' },
      'message.market': { did: 'The marketplace wrote', summary: 'an automatic message comes' },
      'sticker.customer': {
        did: 'The customer sent a sticker',
        summary: 'the customer sends a sticker; no notification tells of it',
      },
      'file.customer': { did: 'The customer sent a file', summary: 'the customer sends a photo, or your --file' },
      'chat.direct': {
        did: 'A customer opened a direct chat and wrote',
        summary: 'a new customer opens a chat without an order, and writes',
      },
      'dispute.started': {
        did: 'The customer opened a dispute',
        summary: 'the customer opens a dispute',
      },
      'dispute.finished': { did: 'The arbiter finished the dispute', summary: 'the arbiter finishes a dispute' },
    },
  },
  tokens: {
    columns: { purpose: 'TOKENS', generation: 'GENERATION', revoked: 'REVOKED' },
    purposes: { admin: 'admin', console: 'console sessions', buyer: 'buyers', business: 'businesses' } as Purposes,
    neverRevoked: 'never',
    nothing: 'Say what to revoke: --admin, --sessions, --buyer, --all-buyers, --business or --all-businesses.',
    ofAdmin:
      'The admin token is revoked, and everybody is signed out of the console. The market prints the new one where it runs, and writes it into running.json in its data folder: listen, trigger and tokens take it from there. Where you gave --admin-token or PRILAVOK_ADMIN_TOKEN, give the new one.',
    ofConsole: 'Everybody is signed out of the console.',
    ofBuyer: (publicId: string) => `The tokens of buyer ${publicId} are revoked.`,
    ofBuyers: "All buyers' tokens are revoked.",
    ofBusiness: (id: bigint) => `The tokens of business ${id} are revoked.`,
    ofBusinesses: 'The tokens of all businesses are revoked.',
  },
  distribute: {
    noDatabase: 'Say which database: --database-url, the one of the coordinator.',
    nothingToMove: 'No rows are to be moved.',
    plan: (size: string) =>
      `${size} are copied to the nodes. Each table is locked while it is copied: nobody reads or writes it. No market may run meanwhile.`,
    done: 'The database is distributed.',
    lanesOf: (node: string, lanes: string) => `  ${node} has lanes ${lanes}`,
    steps: {
      locked: (tables: string, size: string) => `${tables}: ${size}`,
      copy: (tables: string, size: string) => `copying to every node: ${tables} (${size})`,
      distribute: (table: string, size: string) => `dividing by lane: ${table} (${size})`,
      leftover: (table: string, size: string) => `removing what is left on the coordinator: ${table} (${size})`,
      sequence: (node: string, _size: string) => `giving ids of its own: ${node}`,
      function: (name: string, _size: string) => `function ${name}`,
      setting: (name: string, _size: string) => `setting of ${name}`,
    },
  },
  sim: {
    ready: (url: string, ms: number) => `the market is ready at ${url} after ${ms} ms`,
    ended: (code: number) => `the command has ended with ${code}`,
    postgresEnded: 'PostgreSQL has stopped by itself: the market answers no more.',
    noProgram: 'there is no such program: check its name and PATH',
    notRunnable: (code: string) => `it cannot be run (${code})`,
  },
}

/** A market of a later version may have more. */
type Purposes = Record<string, string>

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'there is no such host',
  ECONNRESET: 'it closed the connection without an answer',
}
