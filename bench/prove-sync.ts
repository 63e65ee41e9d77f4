import { parseArgs } from 'node:util'
import { Problem } from '#kit'
import { type Proof, proveStories } from '../test/support/sync/prove-stories.ts'

/** More of the stories of `npm test`: each is a market, its notifications, and a sync that is hindered and killed. */
try {
  const values = readOptions()
  const seeds = countOf(values.seeds ?? '10000', 'seeds')
  const from = countOf(values.from ?? '1', 'from')
  const proof = await proveStories(from, seeds, showProgress(seeds))
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  console.log(formatProof(proof))
  if (proof.failed) explain(proof.failed)
} catch (error) {
  console.error(error instanceof Problem ? `prove:sync: ${error.message}` : error)
  process.exitCode = 1
}

function readOptions() {
  try {
    return parseArgs({ options: { seeds: { type: 'string' }, from: { type: 'string' } } }).values
  } catch (error) {
    throw new Problem(`Only --seeds N and --from N are taken. ${error instanceof Error ? error.message : ''}`)
  }
}

function countOf(text: string, name: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new Problem(`--${name} is a whole number from 1 on, not ${text}.`)
}

function showProgress(seeds: number): (proof: Proof) => void {
  return proof => {
    if (process.stderr.isTTY && proof.seeds % 100 === 0) process.stderr.write(`\r${proof.seeds} of ${seeds} seeds …`)
  }
}

function formatProof({ seeds, steps, crashes, faults, messages, failed }: Proof): string {
  const figure = (n: number) => n.toLocaleString('en').replaceAll(',', ' ')
  const result = failed ? 'the stores differ' : 'every store equal to its market'
  return `${figure(seeds)} seeds, ${figure(messages)} messages, ${figure(steps)} calls, ${figure(faults)} of them failed, ${figure(crashes)} crashes: ${result}`
}

function explain({ seed, why }: { seed: number; why: string }): void {
  console.log(`${why}\nAgain: npm run prove:sync -- --from ${seed} --seeds 1`)
  process.exitCode = 1
}
