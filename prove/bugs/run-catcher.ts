import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '#contract'
import { sharedVariable } from '../../test/support/global-setup.ts'
import type { Catcher } from './bug.ts'

// A bug may make something wait for ever: then no test fails, and nothing is proven.
const patienceMs = 4 * 60_000

/** `failed` only if a test or a proof said so: a run that could not begin says nothing of a bug. */
export type Verdict = { outcome: 'passed' } | { outcome: 'failed' | 'broken off'; why: string }

export function describeCatcher(catcher: Catcher): string {
  if ('proof' in catcher) return `npm run prove:${catcher.proof}`
  return catcher.title === undefined ? catcher.test : `${catcher.test} -t '${catcher.title}'`
}

/** A tree, and the PostgreSQL that its runs share; without one each run starts its own. */
export type Place = { folder: string; shared?: string | undefined }

export function runCatcher(catcher: Catcher, place: Place): Promise<Verdict> {
  return 'proof' in catcher ? runProof(catcher.proof, place) : runTests(catcher, place)
}

async function runProof(name: string, place: Place): Promise<Verdict> {
  const { said, complained } = await run(place, ['prove/main.ts', name, '--quick', '--seed', '1', '--json'])
  const line = said.trim().split('\n').at(-1) ?? ''
  const read = parseJson(line)
  if (!read.ok) return { outcome: 'broken off', why: complained }
  const { broken } = read.value as { broken: string[] } // a Result, written by prove/main.ts
  return broken.length === 0 ? { outcome: 'passed' } : { outcome: 'failed', why: broken.join('; ') }
}

type Tests = Extract<Catcher, { test: string }>
type Assertion = { status: string; fullName: string; failureMessages: string[] }
type Report = { numPassedTests: number; testResults: { assertionResults: Assertion[] }[] }

async function runTests({ test, title }: Tests, place: Place): Promise<Verdict> {
  const { folder } = place
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const only = title === undefined ? [] : ['-t', RegExp.escape(title)]
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs')
  const { complained } = await run(place, [
    ...[vitest, 'run', test, ...only],
    ...['--maxWorkers=1', '--reporter=json', `--outputFile=${report}`],
  ])
  try {
    const { numPassedTests, testResults }: Report = JSON.parse(readFileSync(report, 'utf8')) // as Vitest writes it
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
    const failed = tests.filter(({ status }) => status === 'failed').map(describeFailure)
    if (failed.length > 0) return { outcome: 'failed', why: failed.join('; ') }
    return numPassedTests > 0 ? { outcome: 'passed' } : { outcome: 'broken off', why: `no test has run. ${complained}` }
  } catch {
    return { outcome: 'broken off', why: complained }
  }
}

function describeFailure({ fullName, failureMessages: [message = ''] }: Assertion): string {
  return `${fullName} (${message.split('\n')[0]})`
}

async function run({ folder, shared }: Place, words: string[]): Promise<{ said: string; complained: string }> {
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, ...(shared !== undefined && { [sharedVariable]: shared }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
  })
  const [said, complained] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()])
  return { said: Buffer.concat(said).toString(), complained: Buffer.concat(complained).toString().trim().slice(-2000) }
}
