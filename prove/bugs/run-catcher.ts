import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '#contract'
import type { Catcher } from './bug.ts'

// A bug may make something wait for ever: then no test fails, and nothing is proven.
const patienceMs = 4 * 60_000

/** `failed` only if a test or a proof said so: a run that could not begin says nothing of a bug. */
export type Verdict = { outcome: 'passed' | 'failed' } | { outcome: 'broken off'; why: string }

export function describeCatcher(catcher: Catcher): string {
  if ('proof' in catcher) return `npm run prove:${catcher.proof}`
  return catcher.title === undefined ? catcher.test : `${catcher.test} -t '${catcher.title}'`
}

/** Runs it in a tree. */
export function runCatcher(catcher: Catcher, folder: string): Promise<Verdict> {
  return 'proof' in catcher ? runProof(catcher.proof, folder) : runTests([catcher], folder)
}

async function runProof(name: string, folder: string): Promise<Verdict> {
  const { said, complained } = await run(folder, ['prove/main.ts', name, '--quick', '--seed', '1', '--json'])
  const line = said.trim().split('\n').at(-1) ?? ''
  const read = parseJson(line)
  if (!read.ok) return { outcome: 'broken off', why: complained }
  const { broken } = read.value as { broken: string[] } // a Result, written by prove/main.ts
  return { outcome: broken.length === 0 ? 'passed' : 'failed' }
}

type Tests = { test: string; title?: string }
type Report = { numPassedTests: number; numFailedTests: number }

/** Tests of several files in one run. */
export async function runTests(wanted: readonly Tests[], folder: string, workers = 1): Promise<Verdict> {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const files = [...new Set(wanted.map(({ test }) => test))]
  const titles = wanted.flatMap(({ title }) => title ?? [])
  const only = titles.length === wanted.length ? ['-t', titles.join('|')] : []
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs')
  const { complained } = await run(folder, [
    ...[vitest, 'run', ...files, ...only],
    ...[`--maxWorkers=${workers}`, '--reporter=json', `--outputFile=${report}`],
  ])
  try {
    const { numPassedTests, numFailedTests }: Report = JSON.parse(readFileSync(report, 'utf8')) // as Vitest writes it
    if (numFailedTests > 0) return { outcome: 'failed' }
    return numPassedTests > 0 ? { outcome: 'passed' } : { outcome: 'broken off', why: `no test has run. ${complained}` }
  } catch {
    return { outcome: 'broken off', why: complained }
  }
}

async function run(folder: string, words: string[]): Promise<{ said: string; complained: string }> {
  const child = spawn(process.execPath, words, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
  })
  const [said, complained] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()])
  return { said: Buffer.concat(said).toString(), complained: Buffer.concat(complained).toString().trim().slice(-2000) }
}
