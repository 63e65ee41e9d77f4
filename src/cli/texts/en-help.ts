/** What commander writes into a help page, and what is written instead. */
const headings: Record<string, string> = {}

export const enHelp = {
  headings,
  groups: {
    trying: 'To try it, and to test against it:',
    shop: 'For a shop:',
    running: 'To run a marketplace:',
  },
  login: {
    summary: 'keep a key of a business on this machine',
    description: 'Checks a key and keeps it in a profile, in a file that only you can read.',
  },
  logout: 'forget a profile and its key',
  profiles: 'list the profiles, or choose the current one',
  chats: 'list, show and open chats',
  list: 'list chats, the newest message first',
  show: 'show a chat',
  open: 'open a chat about an order or a return, or find the one there is',
  history: 'print the messages of a chat, the oldest first',
  send: 'send a text',
  sendFile: 'send a file',
  watch: 'print what happens in all chats as it happens',
  export: {
    summary: 'copy all chats and files into a folder',
    description:
      'Copies all chats with their files into a folder. Stopped at any moment, the same command goes on from there; run again, it fetches what is new.',
  },
  verify: 'compare an export with the market',
  doctor: 'check key, scopes, limits, clock and receiver, and say what to do',
  arguments: {
    chat: 'the id of the chat',
    text: 'the text; - reads it from standard input',
    path: 'the file, at most 5 MB',
    profile: 'make this one the current profile',
  },
  options: {
    help: 'print this help',
    profile: 'the profile to use',
    json: 'print JSON lines for programs',
    name: 'the name of the profile',
    url: 'the address of the market',
    business: 'the business id; found by itself if the key opens only one',
    keyStdin: 'read the key from standard input',
    local: 'make a key at the market that runs from this folder',
    waiting: 'only those that wait for you',
    status: 'only this status; may be repeated',
    order: 'about this order',
    return: 'about this return',
    limit: 'how many; 0 is all',
    from: 'begin with this message',
    first: 'only so many of the oldest',
    tail: 'only so many of the newest; with --follow, then those to come',
    follow: 'go on as messages come',
    every: 'seconds between two looks',
    since: 'the newest message you know; saves reading the chat from its beginning',
    format: 'what to write',
    out: 'the folder',
    data: 'the data folder of that market',
    receiver: 'your receiver of notifications: it is sent a PING',
  },
  exitCodes: `Exit codes:
  0    done
  1    something to fix
  2    wrong usage
  3    nobody can tell whether it was sent
  130  Ctrl-C`,
  variables: `Variables:
  PRILAVOK_API_KEY      the key; takes precedence over profiles
  PRILAVOK_BUSINESS_ID  its business
  PRILAVOK_URL          its market
  PRILAVOK_PROFILE      the profile, if there is no key
  PRILAVOK_LANG         the language: en or ru
  NO_COLOR              no colours`,
  examples: 'Examples:',
}
