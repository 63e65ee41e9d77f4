import { Command, CommanderError } from 'commander'
import { Problem } from '#kit'
import { listenCommand } from './listen/listen-command.ts'
import { marketCommand } from './serve/market-command.ts'
import { upCommand } from './serve/up-command.ts'
import { shopCommands } from './shop/commands.ts'
import { simCommand } from './sim/sim-command.ts'
import { codeOf } from './terminal/error-code.ts'
import { forgetEmptyVariables } from './terminal/flags.ts'
import { version } from './terminal/version.ts'
import { WrongUsage } from './terminal/wrong-usage.ts'
import { languageOf, textsOf } from './texts/index.ts'
import { triggerCommand } from './trigger/trigger-command.ts'

const wrongUsage = 2

forgetEmptyVariables(process.env)

const texts = textsOf(languageOf(process.env))
const { groupShop, groupLocal } = texts.help

process.stdout.on('error', leave)

const program = new Command('prilavok')
  .description("The chat between a marketplace's shops and their buyers, speaking Yandex.Market's chats API.")
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand('help [command]', 'print the help of a command')
  .addHelpText(
    'after',
    '\nBegin with: prilavok up\nExit codes: 0 done, 1 something a person can mend, 2 wrong usage; 3 nobody can tell whether it was sent; 130 Ctrl-C.',
  )

const localCommands = [upCommand, marketCommand, listenCommand, triggerCommand, simCommand]
for (const command of localCommands) program.addCommand(command.helpGroup(groupLocal))
for (const command of shopCommands()) program.addCommand(command.helpGroup(groupShop))

makeHelpful(program, 'prilavok')

/** Wrong usage of any command throws, and shows the way to its help. */
function makeHelpful(command: Command, words: string): void {
  command.exitOverride().showHelpAfterError(`Try: ${words} --help`)
  for (const inner of command.commands) makeHelpful(inner, `${words} ${inner.name()}`)
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}

/** EPIPE: whoever reads us has seen enough, as in `prilavok history 33 | head`. */
function leave(error: Error): never {
  const code = codeOf(error)
  if (code === 'EPIPE') process.exit(0)
  console.error(`prilavok: ${texts.errors.output(code ?? error.message)}`)
  process.exit(1)
}

/** One line for what a person can mend. Commander has said its own. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage
  if (error instanceof Problem) console.error(`prilavok: ${error.message}`)
  else console.error('prilavok: this should not have happened, please report it:', error)
  return error instanceof WrongUsage ? wrongUsage : 1
}
