import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { sharedVariable, startShared } from '../test/support/global-setup.ts'
import type { Size } from './proof.ts'
import { proofs } from './proofs.ts'
import type { Result } from './prove-one.ts'

// Much of what a proof does is waiting.
const atOnce = 4
const patienceMs = { quick: 5 * 60_000, full: 10 * 3_600_000 }

type Wanted = { size: Size; seed: number; report(result: Result): void }

/** Each proof in a process of its own, some side by side; tells of each when it has ended. */
export async function proveAll({ size, seed, report }: Wanted): Promise<Result[]> {
  const shared = await startShared()
  try {
    const waiting = Object.keys(proofs)
    const results: Result[] = []
    const work = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const result = await proveApart(name, { size, seed }, JSON.stringify(shared.provided))
        results.push(result)
        report(result)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    return results
  } finally {
    await shared.stop()
  }
}

async function proveApart(name: string, { size, seed }: { size: Size; seed: number }, shared: string): Promise<Result> {
  const begun = performance.now()
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), name, `--${size}`, '--seed', `${seed}`, '--json'],
    {
      env: { ...process.env, [sharedVariable]: shared },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patienceMs[size],
      killSignal: 'SIGKILL',
    },
  )
  const [said, complained] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()])
  const line = Buffer.concat(said).toString().trim().split('\n').at(-1) ?? ''
  if (line.startsWith('{')) return JSON.parse(line)
  const why =
    Buffer.concat(complained).toString().trim() || `it said nothing, and ended by ${child.signalCode ?? child.exitCode}`
  const seconds = (performance.now() - begun) / 1000
  return { name, promise: '', size, seed, seconds, figures: 'broken off', broken: [why] }
}
