import { CommanderError } from 'commander'
import { codeOf, Problem } from '#kit'
import { makeProgram } from './make-program.ts'
import { describeProblem } from './terminal/describe-problem.ts'
import { forgetEmptyVariables } from './terminal/variables.ts'
import { WrongUsage } from './terminal/wrong-usage.ts'
import { languageOf, textsOf } from './texts/index.ts'

const wrongUsage = 2

forgetEmptyVariables(process.env)
const texts = textsOf(languageOf(process.env))
process.stdout.on('error', leave)

try {
  await makeProgram(texts).parseAsync()
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
  if (error instanceof Problem) console.error(`prilavok: ${describeProblem(error, texts)}`)
  else console.error(`prilavok: ${texts.program.unexpected}`, error)
  return error instanceof WrongUsage ? wrongUsage : 1
}
