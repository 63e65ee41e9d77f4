import { Command, InvalidArgumentError, Option } from 'commander'
import { chatStatuses, onWire } from '#contract'
import { id } from '../connection/find-market.ts'
import { dataDefault, describe, wholeNumber } from '../terminal/flags.ts'
import { languageOf, textsOf } from '../texts/index.ts'
import { formats } from './archive/formats.ts'
import { isUrl, withoutSlash } from './session/access.ts'

const { help, usage } = textsOf(languageOf(process.env))
const { options: said } = help

const everyDefault = 5

/** The commands that talk to a market as a shop does. Their help is printed without loading the rest. */
export function shopCommands(): Command[] {
  return [
    login(),
    logout(),
    profiles(),
    chats(),
    history(),
    send(),
    sendFile(),
    watch(),
    exporting(),
    verify(),
    doctor(),
  ]
}

function command(name: string, summary: string, description = upperFirst(summary)): Command {
  return new Command(name)
    .summary(summary)
    .description(`${description.replace(/\.$/, '')}.`)
    .helpOption('-h, --help', said.help)
    .configureHelp({ optionDescription: describe, styleTitle: title => help.headings[title] ?? title })
}

/** One that needs a profile, or the variables in place of it. */
function shopCommand(name: string, summary: string, description?: string): Command {
  return command(name, summary, description)
    .option('--profile <name>', said.profile)
    .option('--json', said.json)
    .addHelpText('after', `\n${help.exitCodes}\n\n${help.variables}`)
}

function examples(...lines: string[]): string {
  return [`\n${help.examples}`, ...lines.map(line => `  ${line}`)].join('\n')
}

function login(): Command {
  return command('login', ...help.login)
    .addOption(new Option('--profile <name>', said.name).argParser(profileName))
    .addOption(new Option('--url <url>', said.url).env('PRILAVOK_URL').argParser(marketUrl))
    .addOption(new Option('--business <id>', said.business).argParser(idOf))
    .option('--key-stdin', said.keyStdin)
    .option('--local', said.local)
    .addOption(new Option('--data <folder>', said.data).env('PRILAVOK_DATA').default(dataDefault))
    .option('--json', said.json)
    .addHelpText('after', examples('prilavok login', 'prilavok login --local', 'prilavok login --key-stdin < key.txt'))
    .action(async flags => (await import('./profiles/login.ts')).login(flags))
}

function logout(): Command {
  return command('logout', help.logout)
    .option('--profile <name>', said.name)
    .action(async flags => (await import('./profiles/profiles.ts')).logout(flags))
}

function profiles(): Command {
  return command('profiles', help.profiles)
    .argument('[name]', help.arguments.profile)
    .option('--json', said.json)
    .action(async (name, flags) => (await import('./profiles/profiles.ts')).listProfiles(name, flags))
}

function chats(): Command {
  const list = shopCommand('list', help.list)
    .option('--waiting', said.waiting)
    .addOption(
      new Option('--status <status>', said.status)
        .choices(chatStatuses.map(word => word.toLowerCase()))
        .argParser(statuses),
    )
    .addOption(new Option('--order <id>', said.order).argParser(idOf))
    .addOption(new Option('--return <id>', said.return).argParser(idOf))
    .addOption(new Option('--limit <number>', said.limit).default(20).argParser(wholeNumber(1_000_000)))
    .action(async flags => (await import('./chats/list-chats.ts')).listChats(flags))
  const show = shopCommand('show', help.show)
    .argument('<chat>', help.arguments.chat, idOf)
    .action(async (chatId, flags) => (await import('./chats/show-chat.ts')).showChat(chatId, flags))
  const open = shopCommand('open', help.open)
    .addOption(new Option('--order <id>', said.order).argParser(idOf))
    .addOption(new Option('--return <id>', said.return).argParser(idOf))
    .action(async flags => (await import('./chats/open-chat.ts')).openChat(flags))
  return command('chats', help.chats).helpCommand(false).addCommand(list).addCommand(show).addCommand(open)
}

function history(): Command {
  return shopCommand('history', help.history)
    .argument('<chat>', help.arguments.chat, idOf)
    .addOption(new Option('--from <id>', said.from).argParser(idOf))
    .option('--follow', said.follow)
    .addOption(everyOption())
    .action(async (chatId, flags) => (await import('./chats/print-history.ts')).printHistory(chatId, flags))
}

function send(): Command {
  return shopCommand('send', help.send)
    .argument('<chat>', help.arguments.chat, idOf)
    .argument('<text>', help.arguments.text)
    .addOption(new Option('--since <id>', said.since).argParser(idOf))
    .addHelpText(
      'after',
      examples("prilavok send 33 'Здравствуйте! Заказ уже в пути.'", 'prilavok send 33 - < answer.txt'),
    )
    .action(async (chatId, text, flags) => (await import('./send/send-text.ts')).sendText(chatId, text, flags))
}

function sendFile(): Command {
  return shopCommand('send-file', help.sendFile)
    .argument('<chat>', help.arguments.chat, idOf)
    .argument('<path>', help.arguments.path)
    .action(async (chatId, path, flags) => (await import('./send/send-file.ts')).sendFile(chatId, path, flags))
}

function watch(): Command {
  return shopCommand('watch', help.watch)
    .addOption(everyOption())
    .action(async flags => (await import('./chats/watch-chats.ts')).watchChats(flags))
}

function exporting(): Command {
  return shopCommand('export', ...help.export)
    .addOption(new Option('--format <format>', said.format).choices(formats).default('jsonl'))
    .requiredOption('--out <folder>', said.out)
    .addHelpText('after', examples('prilavok export --format html --out chats', 'prilavok verify --out chats'))
    .action(async flags => (await import('./archive/export-chats.ts')).exportChats(flags))
}

function verify(): Command {
  return shopCommand('verify', help.verify)
    .requiredOption('--out <folder>', said.out)
    .action(async flags => (await import('./archive/verify-export.ts')).verifyExport(flags))
}

function doctor(): Command {
  return shopCommand('doctor', help.doctor)
    .addOption(new Option('--receiver <url>', said.receiver).argParser(receiverUrl))
    .action(async flags => (await import('./doctor/examine.ts')).examine(flags))
}

function everyOption(): Option {
  return new Option('--every <seconds>', said.every).default(everyDefault).argParser(seconds)
}

function idOf(text: string): bigint {
  try {
    return id(text)
  } catch {
    throw new InvalidArgumentError(usage.id) // id throws for nothing else
  }
}

function seconds(text: string): number {
  const value = Number(text)
  if (!/^\d{1,5}(\.\d+)?$/.test(text) || value < 1) throw new InvalidArgumentError(usage.seconds)
  return value
}

function statuses(text: string, before: string[] = []): string[] {
  const known = chatStatuses.find(word => word === onWire(text))
  if (known === undefined)
    throw new InvalidArgumentError(usage.oneOf(chatStatuses.map(word => word.toLowerCase()).join(', ')))
  return [...before, known]
}

function marketUrl(text: string): string {
  if (!isUrl(text)) throw new InvalidArgumentError(usage.url)
  return withoutSlash(text)
}

function profileName(text: string): string {
  if (!/^[\p{L}\p{N}._-]{1,50}$/u.test(text)) throw new InvalidArgumentError(usage.profile)
  return text
}

function receiverUrl(text: string): URL {
  if (!isUrl(text)) throw new InvalidArgumentError(usage.url)
  return new URL(text)
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
