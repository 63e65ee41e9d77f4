/** What the help of the root and of the local commands says. */
export const enLocalHelp = {
  root: {
    description: "The chat between a marketplace's shops and their buyers, speaking Yandex.Market's chats API.",
    version: 'print the version',
    helpCommand: 'print the help of a command',
    after: `
Start with: prilavok up
Exit codes: 0 done, 1 something you can fix, 2 wrong usage,
3 nobody can tell whether it was sent, 130 Ctrl-C.`,
  },
  server: {
    options: {
      host: 'address to listen on',
      port: 'port to listen on; 0 takes a free one',
      data: 'where the secret, the files and the private PostgreSQL live',
      databaseUrl: 'a PostgreSQL 15 or newer to use instead of the private one',
      publicUrl: 'how this server is addressed from outside, for links to files',
      demo: 'make a demo business if there is none (up always does)',
      json: 'print one JSON object when ready, and nothing else, to standard output',
      parallelLimit: 'requests under way at once for each business; 0 lifts the limit',
      noRateLimits: 'lift the hourly and the parallel limits and the quotas of customers; the headers stay',
      allowPrivateWebhooks: 'notify private and local addresses too, on any port, without TLS (up does)',
      lab: 'simulated buyers, faults, a clock that can be moved, snapshots (up has them)',
      seed: 'what chance in the lab comes from: the same seed, the same buyers',
      logLevel: 'what to log, as JSON lines on standard error',
    },
  },
  up: {
    summary: 'start everything on this machine, with a demo business',
    description:
      'Starts a private PostgreSQL, the market with a demo business, and the desk on which its buyers wait for answers, and prints where everything is.',
    variables: `
Each flag has a variable: --database-url is PRILAVOK_DATABASE_URL.
DATABASE_URL is not read: it may be another program's.`,
    after: '\nData stays in the data folder between starts. Ctrl-C stops everything.',
  },
  market: {
    summary: 'run the market server alone',
    description: 'Runs the market server: empty, unless --demo. For marketplaces, and for tests of other programs.',
    variables: `
Each flag has a variable: --database-url is PRILAVOK_DATABASE_URL,
or DATABASE_URL if neither is given.`,
    files: 'keep files in a bucket of S3; credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    metricsPort: 'serve /metrics on this port alone; 0 takes a free one',
    quiet: 'print nothing but the log; the admin token is in running.json in the data folder',
    listenDatabaseUrl: 'the same database without a pooler, where --database-url leads to one such as PgBouncer',
    lameDuck:
      'how long to serve on after SIGTERM while /readyz answers 503 (default: 5 with --database-url, else 0); Ctrl-C does not wait',
    jsonExample: 'one JSON line tells where it is and its keys',
  },
  check: {
    summary: 'say what is wrong with a configuration before production does',
    description:
      'Takes the flags and variables of "prilavok market" and looks at what that market would meet: database, secrets, TLS, clock, disk, limits. It starts and changes nothing. Run it as the account of the market.',
    variables: `
Each flag has a variable: --database-url is PRILAVOK_DATABASE_URL,
or DATABASE_URL if neither is given.`,
    exitCodes: `
Exit codes: 0 no error, though there may be warnings, 1 an error, 2 wrong usage.
With --json there is a line of JSON for each check.
More: docs/operations.md.`,
  },
  desk: {
    summary: "run the desk: a shop's inbox in the browser",
    description:
      "Runs the desk, where a shop's people see which buyers wait and answer them: chats of any number of cabinets, at Yandex.Market or at a market of your own. Prints a link that signs the owner in once; cabinets are connected on the page, by their keys.",
    options: {
      data: 'where the secret, the files and the private PostgreSQL live',
      publicUrl: 'how the desk is addressed from outside, for its links and for notifications',
      deskPort: 'port of the desk; 0 takes a free one (the port after --port)',
      noDesk: 'start without the desk',
      proxy:
        'proxies in front, by address or network (10.0.0.0/8, loopback, uniquelocal), with commas between: their X-Forwarded-For says who signs in',
      quiet: 'print nothing but the log; "prilavok desk link" lets the owner in',
    },
    link: {
      summary: 'print a link that signs the owner in once',
      description:
        'Prints a link that signs the owner in once, within three days. The desk may run meanwhile if its database is named with --database-url.',
    },
    rotate: {
      summary: 'seal the keys of the cabinets with another secret',
      description:
        'Makes another secret and seals every key of the desk with it. Stop the desk first. Where PRILAVOK_SECRET is set, the next one is taken from PRILAVOK_NEW_SECRET.',
    },
    after: `
Api-Keys are kept sealed; the secret is PRILAVOK_SECRET, or the file
desk-secret in the data folder, made at the first start: keep a copy of it.
"prilavok up" starts a desk of its own. Each flag has a variable:
--port is PRILAVOK_DESK_PORT, the others are as those of "up".`,
  },
  connection: {
    options: {
      business: 'the business; else the demo of this folder, or the only one',
      url: 'where the market is',
      adminToken: 'the token that the market has printed',
      data: 'the data folder of a market on this machine',
    },
    after: `
The market is found by itself when it runs from this folder ("prilavok up"),
or by --data. Variables: PRILAVOK_URL, PRILAVOK_ADMIN_TOKEN,
PRILAVOK_BUSINESS_ID, PRILAVOK_DATA.`,
  },
  listen: {
    summary: 'watch notifications come, and forward them to a local program',
    description:
      'Subscribes to the notifications of a business, forwards each to a local program, gives its answer back to the market as it is, and prints a line for each. Without --forward-to it answers by itself.',
    options: {
      forwardTo: 'the local program that handles notifications',
      types: 'only these types, comma-separated',
      host: 'address to listen on',
      port: 'port to listen on; 0 takes a free one',
      publicUrl: 'how the market reaches that port, if it is on another machine',
      secret: 'what notifications are signed with for the program; by default the data folder has one of its own',
      printSecret: 'print that secret, and do nothing else',
    },
    typesTitle: '\nTypes:',
    after: `
Each line ends with what the market makes of the program's answer. Status 200
with {"version":"…","name":"…","time":"…"} delivers, 400 refuses for good,
all else is tried again. Ctrl-C unsubscribes.`,
  },
  trigger: {
    summary: 'make something happen in a chat: a message, a sticker, a dispute',
    description:
      'Makes something really happen in a chat, as if the buyer, the arbiter or the marketplace had done it.',
    event: 'one of those below',
    options: {
      chat: 'in this chat; else in the newest one where it is possible, or in one made for it',
      text: 'what is written; the sticker of sticker.customer; the reason of a dispute',
      file: 'what is sent by file.customer',
      override:
        'a field of customer, order or message, by the names of the admin API; may be repeated. Another customer or order is of a new chat',
      json: 'print one JSON object instead of a sentence',
    },
    events: '\nEvents:',
    ownWords: "'Where is my order?'",
    ownName: 'Ivan',
  },
  tokens: {
    summary: 'list and revoke the tokens of a market',
    description:
      "The admin token, sessions of the console, buyers' and businesses' tokens: since when they are valid, and how to void them. Keys are revoked in the console.",
    list: 'list what tokens there are, and when they were last revoked',
    revoke: {
      summary: 'void tokens that were made so far',
      description:
        'Voids tokens that were made so far, at once and for good; open event streams end. New ones can be made right away. Keys (Api-Key) stay as they are.',
    },
    options: {
      admin: 'the admin token, and with it all sessions of the console; the market prints the new one',
      sessions: 'all sessions of the console: everybody is signed out',
      buyer: 'the tokens of one buyer, by the publicId in the marketplace',
      allBuyers: "all buyers' tokens",
      business: 'the cabinet tokens of one business',
      allBusinesses: 'the cabinet tokens of all businesses',
    },
    after: `
The market is found by itself when it runs from this folder ("prilavok up"),
or by --data. Variables: PRILAVOK_URL, PRILAVOK_ADMIN_TOKEN, PRILAVOK_DATA.`,
  },
  distribute: {
    summary: 'spread a market over the nodes of a Citus cluster',
    description:
      'Divides the tables of a market by lane over the nodes that Citus knows, in place, with the rows that are there. Stop every market on the database first; who is interrupted runs it again, and it goes on where it was. On a distributed database it says where each lane is, and gives nodes that were added what they lack.',
    databaseUrl: "the database of the cluster's coordinator",
    plan: 'only say what would be locked and moved',
    after: `
A market that starts on an empty database with Citus distributes it by itself.
Variable: PRILAVOK_DATABASE_URL.`,
  },
  sim: {
    summary: "run other programs' tests beside a market of their own",
    after: '\nStart with: prilavok sim exec -- npm test',
  },
  simExec: {
    summary: 'run a command beside an empty market, and pass on its exit code',
    description:
      'Starts an empty market on a free port, runs the command, stops the market and passes on the exit code. For tests in a CI.',
    command: 'the program and its arguments, after --',
    options: {
      databaseUrl: 'an empty PostgreSQL database to use; what is made there stays',
      seed: 'what chance in the lab comes from',
      verbose: 'tell on standard error what happens',
    },
    environment: `
The command finds in its environment:
  PRILAVOK_URL          where the market is: the published API without its /v2
  PRILAVOK_API_KEY      a key of the business that opens all methods
  PRILAVOK_BUSINESS_ID  the business
  PRILAVOK_CAMPAIGN_ID  its shop
  PRILAVOK_ORDER_ID     an order in it
  PRILAVOK_CUSTOMER_ID  who ordered (their publicId)
  PRILAVOK_ADMIN_TOKEN  everything else: /admin/v1, /lab/v1;
                        "prilavok trigger" and "prilavok listen" use it`,
    exitCodes: `
Exit codes: that of the command; 128 + n if a signal ended it,
126 and 127 if it cannot be run or is not there.`,
  },
  conformance: {
    summary: 'check a server of the chats API against what is published',
    description:
      "Checks any server of Yandex.Market's chats API over HTTP, rule by rule. It only reads, unless a chat to write into is named.",
    options: {
      url: 'the server that is checked, without /v2',
      apiKey: 'a key of the business',
      campaign: 'the campaign to read; found by itself',
      chat: 'the chat to read in; found by itself',
      extraKey: 'a key with one scope alone, a revoked one, or one of another business; may be repeated',
      readOnly: 'write nothing, which is what a run does anyway; for scripts that must be sure',
      writeToChat:
        'also check what writes: dozens of messages and files go into this chat, and its customer reads them',
      order: 'an order without a chat, to open one about (with --write-to-chat)',
      finishedChat: 'a finished chat, to write one message and one file into (with --write-to-chat)',
      realCustomer: 'needed to write at Yandex.Market: somebody real will read it',
      operation: 'only this operation; may be repeated',
      parallel: 'requests under way at once, 1 to 4',
      plan: 'tell how many requests a run costs, and send none',
      verbose: 'show every difference in full',
      json: 'print one JSON object for programs',
    },
    after: `
Variables: PRILAVOK_URL, PRILAVOK_API_KEY, PRILAVOK_BUSINESS_ID,
PRILAVOK_EXTRA_KEYS (comma-separated).
The last tenth of each hourly limit is left to your own programs.
Exit codes: 0 all held, 1 something differs, 2 it could not be checked.
More: docs/conformance.md.`,
  },
}
