import { startShared } from '../test/support/global-setup.ts'
import { type RunContext, setRunContext } from '../test/support/run-context.ts'
import type { Finding, Size } from './proof.ts'
import { proofs } from './proofs.ts'

export type Result = Finding & { name: string; promise: string; size: Size; seed: number; seconds: number }

type Wanted = { name: string; size: Size; seed: number; count?: number | undefined }

/** Runs one proof in this process, which then holds nothing of it any more. */
export async function proveOne({ name, size, seed, count }: Wanted): Promise<Result> {
  const proof = await proofs[name]?.()
  if (!proof) throw new Error(`there is no proof of the name ${name}`)
  const endings: (() => unknown)[] = []
  setRunContext(await makeContext(endings))
  const begun = performance.now()
  const finding = await proof.prove({ size, seed, count, say }).catch(notEnded)
  const seconds = (performance.now() - begun) / 1000
  for (const end of endings.reverse()) await end()
  return { name, promise: proof.promise, size, seed, ...finding, seconds }
}

function notEnded(error: unknown): Finding {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { figures: 'broken off', broken: [why] }
}

function say(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}\r`)
}

/** `prove:all` starts one PostgreSQL for all; alone, a proof starts its own. */
async function makeContext(endings: (() => unknown)[]): Promise<RunContext> {
  const shared = await startShared()
  endings.push(shared.stop)
  return { whenOver: close => void endings.push(close), provided: name => shared.provided[name] }
}
