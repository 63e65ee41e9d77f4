import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startShared } from '../../test/support/global-setup.ts'
import { type Bug, plant } from './bug.ts'
import { copyTree } from './copy-tree.ts'
import { describeCatcher, type Place, runCatcher, type Verdict } from './run-catcher.ts'

type Say = (line: string) => void
type Hunt = { bugs: readonly Bug[]; atOnce: number; say: Say }

/** Plants each bug in a copy of the tree, and looks whether it is caught. Resolves to those that were not. */
export async function hunt({ bugs, atOnce, say }: Hunt): Promise<Bug[]> {
  const postgres = await startShared()
  const shared = JSON.stringify(postgres.provided)
  const copies = Array.from({ length: Math.min(atOnce, bugs.length) }, copyTree)
  const places = copies.map(({ folder }) => ({ folder, shared }))
  try {
    await requirePassing(bugs, places)
    say(`All that is to catch ${bugs.length} bugs passes without them.`)
    return await plantAll(bugs, places, say)
  } finally {
    for (const copy of copies) copy.remove()
    await postgres.stop()
  }
}

/** What fails without a bug, too, catches none. Each is asked alone, as it is with the bug: it may need the test before it. */
async function requirePassing(bugs: readonly Bug[], places: readonly Place[]): Promise<void> {
  const catchers = new Map(bugs.map(({ caughtBy }) => [describeCatcher(caughtBy), caughtBy]))
  const wrong: string[] = []
  await spread([...catchers], places, async ([name, catcher], place) => {
    const verdict = await runCatcher(catcher, place)
    if (verdict.outcome !== 'passed') wrong.push(`${name}: ${describeVerdict(verdict)}`)
  })
  if (wrong.length > 0)
    throw new Error(`These do not pass without a bug, so that nothing is proven:\n${wrong.join('\n')}`)
}

async function plantAll(bugs: readonly Bug[], places: readonly Place[], say: Say): Promise<Bug[]> {
  const missed: Bug[] = []
  await spread(bugs, places, async (bug, place) => {
    if (!(await isCaught(bug, place, say))) missed.push(bug)
  })
  return missed
}

/** Does the work for each item, one at a time in each place. */
async function spread<T>(
  items: readonly T[],
  places: readonly Place[],
  work: (item: T, place: Place) => Promise<void>,
): Promise<void> {
  const waiting = items.values()
  const workAt = async (place: Place) => {
    for (const item of waiting) await work(item, place)
  }
  await Promise.all(places.map(workAt))
}

async function isCaught(bug: Bug, { folder, shared }: Place, say: Say): Promise<boolean> {
  const path = join(folder, bug.file)
  const text = readFileSync(path, 'utf8')
  const begun = performance.now()
  writeFileSync(path, plant(bug, text))
  // Functions of the database are in the template from which tests clone: a bug in one needs a PostgreSQL of its own.
  const place = bug.file.endsWith('.sql') ? { folder } : { folder, shared }
  const verdict = await runCatcher(bug.caughtBy, place).finally(() => writeFileSync(path, text))
  const isCaught = verdict.outcome === 'failed'
  const seconds = `${((performance.now() - begun) / 1000).toFixed(1)} s`
  const by = `${describeCatcher(bug.caughtBy)}${isCaught ? '' : `: ${describeVerdict(verdict)}`}`
  say(`${isCaught ? 'caught' : 'MISSED'}  ${bug.name.padEnd(36)} ${seconds.padStart(8)}  ${by}`)
  return isCaught
}

function describeVerdict(verdict: Verdict): string {
  return 'why' in verdict ? `${verdict.outcome}: ${verdict.why}` : verdict.outcome
}
