import { parseArgs } from 'node:util'
import { Problem } from '#kit'
import { makeChance } from '../src/kit/chance.ts'
import { formatResult } from './format-result.ts'
import type { Size } from './proof.ts'
import { proofs } from './proofs.ts'
import { proveAll } from './prove-all.ts'
import { proveOne, type Result } from './prove-one.ts'

/** `npm run prove:<name>`: does what would break a promise, and looks whether it holds. */
try {
  const { name, size, seed, count, isJson } = readArguments()
  const report = (result: Result) => console.log(isJson ? JSON.stringify(result) : formatResult(result))
  const results =
    name === 'all' ? await proveAll({ size, seed, report }) : [await proveOne({ name, size, seed, count })]
  if (name !== 'all') for (const result of results) report(result)
  if (results.some(({ broken }) => broken.length > 0)) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Problem ? `prove: ${error.message}` : error)
  process.exitCode = 1
}
// What a broken proof has left open does not keep the verdict back.
process.exit()

function readArguments() {
  const { values, positionals } = parse()
  const [name = '', ...others] = positionals
  const names = [...Object.keys(proofs), 'all']
  if (others.length > 0 || !names.includes(name))
    throw new Problem(`One of ${names.join(', ')}, not “${positionals.join(' ')}”.`)
  if (values.quick && values.full) throw new Problem('--quick or --full, not both.')
  const size: Size = values.full ? 'full' : 'quick'
  if (values.requests && values.seeds) throw new Problem('--requests or --seeds, not both.')
  const wanted = values.requests ?? values.seeds
  const count = wanted === undefined ? undefined : readCount('the number of requests or seeds', wanted)
  return { name, size, seed: seedOf(values.seed), count, isJson: values.json ?? false }
}

function parse() {
  const options = {
    quick: { type: 'boolean' },
    full: { type: 'boolean' },
    seed: { type: 'string' },
    requests: { type: 'string' },
    seeds: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Problem(
      `Only --quick, --full, --seed N, --requests N, --seeds N and --json are taken. ${error instanceof Error ? error.message : ''}`,
    )
  }
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return Math.floor(makeChance(performance.timeOrigin).next() * 1_000_000)
  return readCount('--seed', text)
}

function readCount(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Problem(`${option} is a whole number, not ${text}.`)
}
