import { InvalidArgumentError, Option } from 'commander'
import { type ChatNotificationType, chatNotificationTypes, notificationTypeOf } from '#contract'
import { type ConnectionFlags, connectedCommand, whereIsIt } from '../connection/find-market.ts'
import { wholeNumber } from '../terminal/flags.ts'

/** What `listen` is told. */
export type ListenFlags = ConnectionFlags & {
  forwardTo?: URL
  types?: readonly ChatNotificationType[]
  host: string
  port: number
  publicUrl?: string
}

const options = [
  new Option('--forward-to <url>', 'the local program that handles notifications').argParser(programUrl),
  new Option('--types <list>', 'these types only, with commas between').argParser(typesOf),
  new Option('--host <address>', 'address to listen on').default('127.0.0.1'),
  new Option('--port <number>', 'port to listen on; 0 takes a free one').default(0).argParser(wholeNumber(65_535)),
  new Option('--public-url <url>', 'how the market reaches that port, if it is on another machine').argParser(
    publicUrl,
  ),
]

const [someType, otherType] = [notificationTypeOf.chat_created, notificationTypeOf.message_sent]

export const listenCommand = connectedCommand('listen', options)
  .summary('watch notifications come, and forward them to a local program')
  .description(
    'Subscribes to the notifications of a cabinet, forwards each to a local program, gives its answer back to the market as it is, and prints a line for each. Without --forward-to it answers by itself.',
  )
  .addHelpText(
    'after',
    `
Types: ${chatNotificationTypes.join(', ')}

Examples:
  prilavok listen
  prilavok listen --forward-to http://localhost:3000/notification
  prilavok listen --forward-to localhost:3000/hook --types ${someType},${otherType}
  prilavok listen --url https://market.example --port 4000 --public-url https://my-tunnel.example

Each line ends with what the market makes of the program's answer. Status 200 with
{"version":"…","name":"…","time":"…"} delivers, 400 refuses for good, all else is tried again.
Ctrl-C unsubscribes.
${whereIsIt}`,
  )
  .action(async (flags: ListenFlags) => {
    // Help is printed without loading the rest.
    const { listen } = await import('./listen.ts')
    await listen(flags)
  })

function programUrl(text: string): URL {
  const spelled = /^https?:\/\//.test(text) ? text : `http://${text}`
  if (!URL.canParse(spelled) || text.startsWith('/'))
    throw new InvalidArgumentError('It must be an address such as http://localhost:3000/notification.')
  return new URL(spelled)
}

function publicUrl(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('It must begin with http:// or https://.')
  return text.replace(/\/+$/, '')
}

function typesOf(text: string): ChatNotificationType[] {
  return text.split(',').map(word => {
    const type = chatNotificationTypes.find(known => known === word.trim().toUpperCase())
    if (type === undefined) throw new InvalidArgumentError(`There are: ${chatNotificationTypes.join(', ')}.`)
    return type
  })
}
