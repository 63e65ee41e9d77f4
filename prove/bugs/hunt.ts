import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bug, type Catcher, plant } from './bug.ts'
import { copyTree } from './copy-tree.ts'
import { describeCatcher, runCatcher, runTests, type Verdict } from './run-catcher.ts'

type Say = (line: string) => void
type Hunt = { bugs: readonly Bug[]; atOnce: number; say: Say }

/** Plants each bug in a copy of the tree, and looks whether it is caught. Resolves to those that were not. */
export async function hunt({ bugs, atOnce, say }: Hunt): Promise<Bug[]> {
  const copies = Array.from({ length: Math.min(atOnce, bugs.length) }, copyTree)
  try {
    const [first] = copies
    if (first)
      await requirePassing(
        bugs.map(({ caughtBy }) => caughtBy),
        first.folder,
      )
    const waiting = [...bugs]
    const missed: Bug[] = []
    const work = async (folder: string) => {
      for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift())
        if (!(await isCaught(bug, folder, say))) missed.push(bug)
    }
    await Promise.all(copies.map(({ folder }) => work(folder)))
    return missed
  } finally {
    for (const copy of copies) copy.remove()
  }
}

/** What fails without a bug, too, catches none. */
async function requirePassing(catchers: readonly Catcher[], folder: string): Promise<void> {
  const tests = catchers.filter(catcher => 'test' in catcher)
  const names = new Set(catchers.flatMap(catcher => ('proof' in catcher ? catcher.proof : [])))
  const verdicts: [what: string, verdict: Verdict][] = []
  for (const part of [
    tests.filter(({ title }) => title === undefined),
    tests.filter(({ title }) => title !== undefined),
  ])
    if (part.length > 0) verdicts.push([`one of ${part.length} tests`, await runTests(part, folder)])
  for (const proof of names) verdicts.push([`the proof ${proof}`, await runCatcher({ proof }, folder)])
  for (const [what, verdict] of verdicts)
    if (verdict.outcome !== 'passed')
      throw new Error(`${what} does not pass without a bug, so that nothing is proven: ${JSON.stringify(verdict)}`)
}

async function isCaught(bug: Bug, folder: string, say: Say): Promise<boolean> {
  const path = join(folder, bug.file)
  const text = readFileSync(path, 'utf8')
  const begun = performance.now()
  writeFileSync(path, plant(bug, text))
  const verdict = await runCatcher(bug.caughtBy, folder).finally(() => writeFileSync(path, text))
  const head = `${bug.name.padEnd(32)} ${`${((performance.now() - begun) / 1000).toFixed(1)} s`.padStart(8)}`
  if (verdict.outcome === 'failed') say(`caught  ${head}  ${describeCatcher(bug.caughtBy)}`)
  else say(`MISSED  ${head}  ${describeCatcher(bug.caughtBy)}: ${'why' in verdict ? verdict.why : verdict.outcome}`)
  return verdict.outcome === 'failed'
}
