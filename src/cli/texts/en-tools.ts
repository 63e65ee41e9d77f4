/** What the commands say with which one looks into a running market and sets it going. */
export const enTools = {
  logs: {
    none: 'No such requests. One whose key no business has is in no log.',
    following: (url: string) => `Following the requests to ${url}. Ctrl-C stops.`,
    unknown: (at: string, known: string | undefined) =>
      `${at} is not known here and was ignored${known === undefined ? '' : `: ${known} is`}`,
  },
  events: {
    columns: {
      at: 'TIME',
      type: 'TYPE',
      chat: 'CHAT',
      message: 'MESSAGE',
      to: 'TO',
      state: 'STATE',
      attempts: 'ATTEMPTS',
      event: 'EVENT',
    },
    states: {
      WAITING: 'waiting',
      IN_FLIGHT: 'in flight',
      DELIVERED: 'delivered',
      REFUSED: 'refused',
      CANCELLED: 'cancelled',
    },
    noneSuch: 'No such events: without filters all are listed.',
    none: 'No events. Where nobody has subscribed, nothing is told: "prilavok listen" does it.',
    more: (n: number) => `The newest ${n} are shown: --limit shows more.`,
    noAttempts: 'No attempt yet.',
    resent: (type: string, chat: bigint) => `${type} of chat ${chat} waits again, before all that is newer.`,
  },
  fixtures: {
    kind: (places: string) => `${places} is missing or of another kind: see "prilavok fixtures --help"`,
    noEvent: (at: string, word: string, all: string) => `${at}: there is no event ${word}, but ${all}`,
    noJson: 'it is not JSON',
    misfit: (file: string, what: string) => `${file}: ${what}.`,
    unknown: (at: string) => `${at} is not known`,
    noPath: (path: string, fields: string) => `has no place ${path}. There are ${fields}`,
    noObject: 'must be an object: {"customer.name": "Ivan"}',
    noStep: (at: string, chat: string) => `${at}: no step before it is called ${chat}, and it is no id`,
    unreadable: (file: string, code: string) => `The file ${file} cannot be read (${code}).`,
  },
  open: {
    noBrowser: 'There is no browser to open here (set BROWSER to name one): open the address above.',
    signIn: 'If you are not signed in there: the market has printed a link at its start.',
    noDesk: (folder: string) =>
      `No desk runs from ${folder}: "prilavok up" starts one. Of another desk, "prilavok desk link" prints a link.`,
  },
}

export const enToolsHelp = {
  logs: { summary: 'follow what programs ask the market' },
  logsTail: {
    summary: 'print requests to the published API as they come, with what was refused and why',
    description:
      'Prints the last requests to the published API, then those to come: status, time, path and the name of the key; below it what was refused, in the published words, and names that the operation does not know. A request whose key no business has is in no log.',
    options: {
      status: 'only answers of this status (404) or of this class (4xx)',
      operation: 'only this operation',
      text: 'only with this text in the path or a body',
      last: 'how many of the last ones come first',
      noFollow: 'end after these',
    },
  },
  events: { summary: 'list what the market has told programs, and send it once more' },
  eventsList: {
    summary: 'list notifications, the newest first, with their last attempt',
    options: {
      state: 'only those in this state',
      type: 'only those of this type',
      chat: 'only of this chat',
      limit: 'how many',
    },
  },
  eventsShow: { summary: 'print a notification as it is sent, and every attempt', event: 'its id, as the list has it' },
  eventsResend: {
    summary: 'send a notification once more',
    description: 'Has a notification that was delivered, refused or cancelled wait again, before all that is newer.',
    event: 'the ids, as the list has them',
  },
  fixtures: {
    summary: 'make a sequence of events happen, from a file',
    description: 'Makes the triggers of a file happen one after the other.',
    file: 'the file; - reads it from standard input',
    form: `
The file:
  {"steps": [
    {"trigger": "message.customer", "as": "question", "text": "Where is it?",
     "override": {"customer.name": "Ivan", "order.items.0.name": "Mug"}},
    {"trigger": "dispute.started", "chat": "question"}]}
"chat" is an id, or the "as" of an earlier step. Events and overrides:
prilavok trigger --help.`,
  },
  openPage: {
    summary: 'open the console, the desk or the docs in the browser',
    description: 'Opens a page of the market in the browser and prints its address; that of the console signs in once.',
    page: 'which one',
    print: 'only print the address',
  },
  completion: {
    summary: 'print what completes commands in your shell',
    description: 'Prints a script by which a shell completes commands, flags and their values.',
    npx: 'It completes the word prilavok. Where you write npx before it,\nmake it a function:',
    shell: 'your shell',
  },
}
