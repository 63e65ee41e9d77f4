import { proveStories, type Proof as Stories } from '../test/support/sync/prove-stories.ts'
import type { Proof } from './proof.ts'

const counts = { quick: 500, full: 1_000_000 }

/** The mirror alone, against a model of a market that takes every liberty the published record leaves: no SQL, so very many seeds. */
export const sync: Proof = {
  promise: 'However a market answers, and whenever the mirror dies, its store becomes equal to the market',
  async prove({ size, seed, count: seeds = counts[size], say }) {
    const onSeed = (so: Stories) => say(`${so.seeds} of ${seeds} seeds …`)
    // Seed 0 is none of fast-check's.
    const { failed, ...told } = await proveStories(Math.max(seed, 1), seeds, onSeed)
    const figures = formatFigures(told)
    // Many stories without trouble would prove nothing.
    const isKind = seeds >= 100 && Math.min(told.crashes, told.faults) < seeds / 2
    if (!failed) return { figures, broken: isKind ? ['hardly a story had a fault or a crash'] : [] }
    const again = `--seed ${failed.seed} --seeds 1`
    return {
      figures,
      broken: [`seed ${failed.seed}: the store differs from its market`],
      story: failed.why.split('\n'),
      again,
    }
  },
}

function formatFigures({ seeds, messages, steps, faults, crashes }: Stories): string {
  const figure = (n: number) => n.toLocaleString('en').replaceAll(',', ' ')
  return `${figure(seeds)} seeds, ${figure(messages)} messages, ${figure(steps)} calls, ${figure(faults)} of them failed, ${figure(crashes)} crashes`
}
