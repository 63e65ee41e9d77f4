import fc from 'fast-check'
import { type Played, playStory } from './play-story.ts'
import { storyArbitrary } from './story.ts'

export type Proof = Omit<Played, 'differences'> & {
  seeds: number
  /** The first seed whose story ended with a difference, and the story made as short as it could be. */
  failed?: { seed: number; why: string }
}

/** Plays the stories of so many seeds; ends with the first that fails. */
export async function proveStories(first: number, seeds: number, onSeed: (proof: Proof) => void = () => {}) {
  const proof: Proof = { seeds: 0, steps: 0, crashes: 0, faults: 0, messages: 0 }
  for (let seed = first; seed < first + seeds; seed++) {
    const property = fc.asyncProperty(storyArbitrary, async story => {
      const played = await playStory(story)
      proof.steps += played.steps
      proof.crashes += played.crashes
      proof.faults += played.faults
      proof.messages += played.messages
      if (played.differences.length > 0) throw new Error(played.differences.join('\n'))
    })
    const details = await fc.check(property, { seed, numRuns: 1 })
    proof.seeds++
    onSeed(proof)
    if (details.failed) return { ...proof, failed: { seed, why: fc.defaultReportMessage(details) ?? 'no report' } }
  }
  return proof
}
