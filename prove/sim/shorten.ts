import type { Step, Story } from './story.ts'

/** Plays a story again, and says whether it fails as before. */
type StillFails = (story: Story) => Promise<boolean>

const simpler: readonly Partial<Story>[] = [
  { deliverers: 1 },
  { aheadMs: 0 },
  { statementMs: 0 },
  { travelMs: 1 },
  { hasHints: true },
  { isPrompt: false },
  { isKeyless: false },
]

/** Leaves out of a story what it fails without: steps, many at a time at first, then what is unusual in its world. */
export async function shorten(story: Story, stillFails: StillFails, playsAtMost: number): Promise<Story> {
  let left = playsAtMost
  const fails = async (candidate: Story) => left-- > 0 && (await stillFails(candidate))
  let shortest = story
  for (let size = Math.ceil(story.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    // From the end, since what comes late depends on what came before it.
    for (let from = shortest.steps.length - size; from > -size; from -= size) {
      const candidate = { ...shortest, steps: without(shortest.steps, Math.max(from, 0), from + size) }
      if (candidate.steps.length < shortest.steps.length && (await fails(candidate))) shortest = candidate
    }
  }
  for (const change of simpler) {
    const candidate = { ...shortest, ...change }
    if (JSON.stringify(candidate) !== JSON.stringify(shortest) && (await fails(candidate))) shortest = candidate
  }
  return shortest
}

const without = (steps: readonly Step[], from: number, to: number) => [...steps.slice(0, from), ...steps.slice(to)]
