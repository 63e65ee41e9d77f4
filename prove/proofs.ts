import type { Proof } from './proof.ts'

/** All proofs by name, the longest first. Each is loaded when it is run. */
export const proofs: Record<string, () => Promise<Proof>> = {
  folder: async () => (await import('./folder.ts')).folder,
  desk: async () => (await import('./desk.ts')).desk,
  disk: async () => (await import('./disk.ts')).disk,
  slow: async () => (await import('./slow.ts')).slow,
  webhooks: async () => (await import('./webhooks.ts')).webhooks,
  send: async () => (await import('./send.ts')).send,
  balancer: async () => (await import('./rolling-balancer.ts')).balancer,
  rolling: async () => (await import('./rolling.ts')).rolling,
  freeze: async () => (await import('./freeze.ts')).freeze,
  clock: async () => (await import('./clock.ts')).clock,
  kill: async () => (await import('./kill.ts')).kill,
  fuzz: async () => (await import('./fuzz.ts')).fuzz,
  upload: async () => (await import('./upload.ts')).upload,
  isolation: async () => (await import('./isolation.ts')).isolation,
  create: async () => (await import('./create.ts')).create,
  paging: async () => (await import('./paging.ts')).paging,
  secrets: async () => (await import('./secrets.ts')).secrets,
  ssrf: async () => (await import('./ssrf.ts')).ssrf,
  sim: async () => (await import('./sim.ts')).sim,
  sync: async () => (await import('./sync.ts')).sync,
  order: async () => (await import('./order.ts')).order,
}
