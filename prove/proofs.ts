import type { Proof } from './proof.ts'

/** All proofs by name, the longest first. Each is loaded when it is run. */
export const proofs: Record<string, () => Promise<Proof>> = {
  kill: async () => (await import('./kill.ts')).kill,
}
