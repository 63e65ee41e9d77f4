import type { Command } from 'commander'
import { checkCommand } from './check/check-command.ts'
import { completionCommand } from './completion/completion-command.ts'
import { conformanceCommand } from './conformance/conformance-command.ts'
import { deskCommand } from './desk/desk-command.ts'
import { distributeCommand } from './distribute/distribute-command.ts'
import { eventsCommand } from './events/events-command.ts'
import { fixturesCommand } from './fixtures/fixtures-command.ts'
import { listenCommand } from './listen/listen-command.ts'
import { logsCommand } from './logs/logs-command.ts'
import { openCommand } from './open/open-command.ts'
import { recordCommand, replayCommand } from './record/record-command.ts'
import { marketCommand } from './serve/market-command.ts'
import { upCommand } from './serve/up-command.ts'
import { shopCommands } from './shop/commands.ts'
import { simCommand } from './sim/sim-command.ts'
import { stateCommand } from './state/state-command.ts'
import { makeCommand } from './terminal/command.ts'
import { version } from './terminal/version.ts'
import type { Texts } from './texts/index.ts'
import { reword } from './texts/language.ts'
import { tokensCommand } from './tokens/tokens-command.ts'
import { triggerCommand } from './trigger/trigger-command.ts'

const tryCommands = [
  ...[upCommand, openCommand, listenCommand, triggerCommand, eventsCommand, logsCommand],
  ...[simCommand, stateCommand, fixturesCommand, recordCommand, replayCommand],
]
const runCommands = [marketCommand, checkCommand, tokensCommand, distributeCommand]

/** `prilavok` with all its commands, in one language. */
export function makeProgram(texts: Texts): Command {
  const { root, groups } = texts.help
  const program = makeCommand('prilavok', { summary: '', description: root.description }, texts)
    .version(version, '-V, --version', root.version)
    .helpCommand('help [command]', root.helpCommand)
    .addHelpText('after', root.after)
  for (const make of tryCommands) program.addCommand(make(texts).helpGroup(groups.trying))
  for (const command of [...shopCommands(texts), deskCommand(texts), conformanceCommand(texts)])
    program.addCommand(command.helpGroup(groups.shop))
  for (const make of runCommands) program.addCommand(make(texts).helpGroup(groups.running))
  program.addCommand(completionCommand(texts))
  makeHelpful(program, 'prilavok', texts)
  return program
}

/** Wrong usage of any command throws, and shows the way to its help. */
function makeHelpful(command: Command, words: string, { program: said }: Pick<Texts, 'program'>): void {
  command
    .exitOverride()
    .showHelpAfterError(said.tryHelp(words))
    .configureOutput({ outputError: (text, write) => write(reword(text, said.wrongUsage)) })
  for (const inner of command.commands) makeHelpful(inner, `${words} ${inner.name()}`, { program: said })
}
