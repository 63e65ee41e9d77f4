import { type Command, Option } from 'commander'
import { chatStatuses, onWire } from '#contract'
import { dataFolderDefault } from '../connection/running-file.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseBaseUrl, parseId, parseUrl, parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import { formats } from './archive/formats.ts'

const everyDefault = 5
const maxLimit = 1_000_000

/** The commands that talk to a market as a shop does. Their help is printed without loading the rest. */
export function shopCommands(texts: Texts): Command[] {
  const all = [login, logout, profiles, chats, history, send, sendFile, watch, exporting, verify, doctor]
  return all.map(make => make(texts))
}

/** One that needs a profile, or the variables in place of it. */
function shopCommand(name: string, summary: string, texts: Texts, description?: string): Command {
  const { help } = texts
  return makeCommand(name, { summary, ...(description !== undefined && { description }) }, texts)
    .option('--profile <name>', help.options.profile)
    .option('--json', help.options.json)
    .addHelpText('after', `\n${help.exitCodes}\n\n${help.variables}`)
}

function login(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.options
  return makeCommand('login', help.login, texts)
    .addOption(new Option('--profile <name>', said.name).argParser(readBy(parseProfileName, usage.profile)))
    .addOption(new Option('--url <url>', said.url).env('PRILAVOK_URL').argParser(readBy(parseBaseUrl, usage.url)))
    .addOption(idOption('--business <id>', said.business, texts))
    .option('--key-stdin', said.keyStdin)
    .option('--local', said.local)
    .addOption(new Option('--data <folder>', said.data).env('PRILAVOK_DATA').default(dataFolderDefault))
    .option('--json', said.json)
    .addHelpText(
      'after',
      examples(texts, 'prilavok login', 'prilavok login --local', 'prilavok login --key-stdin < key.txt'),
    )
    .action(async flags => (await import('./profiles/login.ts')).login(flags))
}

function logout(texts: Texts): Command {
  const { help } = texts
  const said = help.options
  return makeCommand('logout', { summary: help.logout }, texts)
    .option('--profile <name>', said.name)
    .action(async flags => (await import('./profiles/profiles.ts')).logout(flags))
}

function profiles(texts: Texts): Command {
  const { help } = texts
  const said = help.options
  return makeCommand('profiles', { summary: help.profiles }, texts)
    .argument('[name]', help.arguments.profile)
    .option('--json', said.json)
    .action(async (name, flags) => (await import('./profiles/profiles.ts')).listProfiles(name, flags))
}

function chats(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.options
  const list = shopCommand('list', help.list, texts)
    .option('--waiting', said.waiting)
    .addOption(
      new Option('--status <status>', said.status)
        .choices(chatStatuses.map(word => word.toLowerCase()))
        .argParser(readStatuses(texts)),
    )
    .addOption(idOption('--order <id>', said.order, texts))
    .addOption(idOption('--return <id>', said.return, texts))
    .addOption(
      new Option('--limit <number>', said.limit)
        .default(20)
        .argParser(readBy(parseWholeNumber(maxLimit), usage.wholeNumber(maxLimit))),
    )
    .action(async flags => (await import('./chats/list-chats.ts')).listChats(flags))
  const show = shopCommand('show', help.show, texts)
    .argument('<chat>', help.arguments.chat, readBy(parseId, usage.id))
    .action(async (chatId, flags) => (await import('./chats/show-chat.ts')).showChat(chatId, flags))
  const open = shopCommand('open', help.open, texts)
    .addOption(idOption('--order <id>', said.order, texts))
    .addOption(idOption('--return <id>', said.return, texts))
    .action(async flags => (await import('./chats/open-chat.ts')).openChat(flags))
  return makeCommand('chats', { summary: help.chats }, texts)
    .helpCommand(false)
    .addCommand(list)
    .addCommand(show)
    .addCommand(open)
}

function history(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.options
  const some = readBy(parseWholeNumber(maxLimit), usage.wholeNumber(maxLimit))
  return shopCommand('history', help.history, texts)
    .argument('<chat>', help.arguments.chat, readBy(parseId, usage.id))
    .addOption(idOption('--from <id>', said.from, texts))
    .addOption(new Option('--limit <number>', said.first).conflicts(['tail', 'follow']).argParser(some))
    .addOption(new Option('--tail <number>', said.tail).argParser(some))
    .option('--follow', said.follow)
    .addOption(everyOption(texts))
    .action(async (chatId, flags) => (await import('./chats/print-history.ts')).printHistory(chatId, flags))
}

function send(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.options
  return shopCommand('send', help.send, texts)
    .argument('<chat>', help.arguments.chat, readBy(parseId, usage.id))
    .argument('<text>', help.arguments.text)
    .addOption(idOption('--since <id>', said.since, texts))
    .addHelpText(
      'after',
      examples(texts, "prilavok send 33 'Здравствуйте! Заказ уже в пути.'", 'prilavok send 33 - < answer.txt'),
    )
    .action(async (chatId, text, flags) => (await import('./send/send-text.ts')).sendText(chatId, text, flags))
}

function sendFile(texts: Texts): Command {
  const { help, usage } = texts
  return shopCommand('send-file', help.sendFile, texts)
    .argument('<chat>', help.arguments.chat, readBy(parseId, usage.id))
    .argument('<path>', help.arguments.path)
    .action(async (chatId, path, flags) => (await import('./send/send-file.ts')).sendFile(chatId, path, flags))
}

function watch(texts: Texts): Command {
  const { help } = texts
  return shopCommand('watch', help.watch, texts)
    .addOption(everyOption(texts))
    .action(async flags => (await import('./chats/watch-chats.ts')).watchChats(flags))
}

function exporting(texts: Texts): Command {
  const { help } = texts
  const said = help.options
  return shopCommand('export', help.export.summary, texts, help.export.description)
    .addOption(new Option('--format <format>', said.format).choices(formats).default('jsonl'))
    .requiredOption('--out <folder>', said.out)
    .addHelpText('after', examples(texts, 'prilavok export --format html --out chats', 'prilavok verify --out chats'))
    .action(async flags => (await import('./archive/export-chats.ts')).exportChats(flags))
}

function verify(texts: Texts): Command {
  const { help } = texts
  const said = help.options
  return shopCommand('verify', help.verify, texts)
    .requiredOption('--out <folder>', said.out)
    .action(async flags => (await import('./archive/verify-export.ts')).verifyExport(flags))
}

function doctor(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.options
  return shopCommand('doctor', help.doctor, texts)
    .addOption(new Option('--receiver <url>', said.receiver).argParser(readBy(parseUrl, usage.url)))
    .action(async flags => (await import('./doctor/examine.ts')).examine(flags))
}

function everyOption({ help, usage }: Texts): Option {
  const seconds = readBy(parseSeconds, usage.seconds)
  return new Option('--every <seconds>', help.options.every).default(everyDefault).argParser(seconds)
}

function idOption(flags: string, description: string, { usage }: Texts): Option {
  return new Option(flags, description).argParser(readBy(parseId, usage.id))
}

function parseSeconds(text: string): number | undefined {
  return /^\d{1,5}(\.\d+)?$/.test(text) && Number(text) >= 1 ? Number(text) : undefined
}

function parseProfileName(text: string): string | undefined {
  return /^[\p{L}\p{N}._-]{1,50}$/u.test(text) ? text : undefined
}

function readStatuses({ usage }: Texts) {
  const words = chatStatuses.map(word => word.toLowerCase())
  const read = readBy(text => chatStatuses.find(word => word === onWire(text)), usage.oneOf(words.join(', ')))
  return (text: string, before: string[] = []): string[] => [...before, read(text)]
}
