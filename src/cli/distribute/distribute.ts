import { Problem } from '#kit'
import { distributeDatabase, type Place, type Step } from '#market'
import { checkDatabaseUrl } from '../data/check-database-url.ts'
import { print } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'

export type DistributeFlags = { databaseUrl?: string; plan?: true }

/** Says what is locked and how much is moved, then does it, a line a step; at last where each lane is. */
export async function distribute(flags: DistributeFlags, texts: Texts): Promise<void> {
  const said = texts.distribute
  const databaseUrl = checkDatabaseUrl(flags.databaseUrl, texts)
  if (databaseUrl === undefined) throw new Problem(said.noDatabase)
  const places = await distributeDatabase(databaseUrl, {
    onPlan(moves) {
      print(moves.length === 0 ? said.nothingToMove : said.plan(sizeOf(moves)))
      for (const move of moves) print(`  ${said.steps.locked(move.of.join(', '), sizeOf([move]))}`)
      return !flags.plan
    },
    onStep: (step, { done, all }) =>
      print(`${done + 1}/${all}  ${said.steps[step.kind](step.of.join(', '), sizeOf([step]))}`),
  })
  if (places) for (const line of [said.done, ...places.map(lineOf(said))]) print(line)
}

const lineOf = (said: Texts['distribute']) => (place: Place) => said.lanesOf(place.node, place.lanes.join(', '))

function sizeOf(steps: readonly Step[]): string {
  const bytes = steps.reduce((sum, step) => sum + step.bytes, 0n)
  return `${Math.ceil(Number(bytes) / 1_000_000)} MB`
}
