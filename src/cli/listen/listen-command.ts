import { type Command, Option } from 'commander'
import { type ChatNotificationType, chatNotificationTypes, notificationTypeOf } from '#contract'
import { connectedCommand } from '../connection/connected-command.ts'
import { examples } from '../terminal/command.ts'
import { parseBaseUrl, parseUrl, parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import type { ListenFlags } from './listen.ts'
import { parseSecret } from './secret.ts'

const [someType, otherType] = [notificationTypeOf.chat_created, notificationTypeOf.message_sent]
const allTypes = chatNotificationTypes.join(', ')
const maxPort = 65_535

export function listenCommand(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.listen.options
  const options = [
    new Option('--forward-to <url>', said.forwardTo).argParser(readBy(parseProgramUrl, usage.program)),
    new Option('--types <list>', said.types).argParser(readBy(parseTypes, usage.oneOf(allTypes))),
    new Option('--host <address>', said.host).default('127.0.0.1'),
    new Option('--port <number>', said.port)
      .default(0)
      .argParser(readBy(parseWholeNumber(maxPort), usage.wholeNumber(maxPort))),
    new Option('--public-url <url>', said.publicUrl).argParser(readBy(parseBaseUrl, usage.url)),
    new Option('--secret <secret>', said.secret)
      .env('PRILAVOK_LISTEN_SECRET')
      .argParser(readBy(parseSecret, usage.secret)),
    new Option('--print-secret', said.printSecret),
  ]
  return connectedCommand('listen', options, texts)
    .addHelpText('after', [help.listen.typesTitle, ...chatNotificationTypes].join('\n  '))
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok listen',
        'prilavok listen --forward-to http://localhost:3000/notification',
        `prilavok listen --forward-to localhost:3000/hook --types ${someType},${otherType}`,
        'prilavok listen --url https://market.example --port 4000 --public-url https://my-tunnel.example',
      ),
    )
    .addHelpText('after', help.listen.after)
    .addHelpText('after', help.connection.after)
    .action(async (flags: ListenFlags) => {
      // Help is printed without loading the rest.
      const { listen } = await import('./listen.ts')
      await listen(flags, texts)
    })
}

function parseProgramUrl(text: string): URL | undefined {
  if (text.startsWith('/')) return undefined
  return parseUrl(text.includes('://') ? text : `http://${text}`)
}

function parseTypes(text: string): ChatNotificationType[] | undefined {
  const types = text.split(',').map(word => chatNotificationTypes.find(known => known === word.trim().toUpperCase()))
  return types.every(type => type !== undefined) ? types : undefined
}
