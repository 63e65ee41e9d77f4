import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { citusVariable } from './test/support/citus-nodes.ts'
import { LongestFirst } from './test/support/longest-first.ts'
import { SlowestFiles } from './test/support/slowest-files.ts'

const patienceMs = process.env[citusVariable] ? 300_000 : 60_000

export default defineConfig({
  test: {
    // They end what hangs, and measure nothing: a test that starts several programs takes long where others work, too,
    // and on a cluster each statement goes to several servers.
    testTimeout: patienceMs,
    hookTimeout: patienceMs,
    // More than the two processors of a small machine: much of what flows do is waiting.
    maxWorkers: 4,
    // For the workers and for the programs that tests start: what one has compiled the next one loads.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') },
    expect: { poll: { timeout: 30_000 } },
    restoreMocks: true,
    reporters: ['default', new SlowestFiles()],
    sequence: { sequencer: LongestFirst },
    // Files keep nothing that the next one could find: one process runs many, and loads what they share once.
    isolate: false,
    setupFiles: 'test/support/leave-as-found.ts',
    projects: [
      {
        extends: true,
        test: { name: 'flows', include: ['test/**/*.test.ts'], globalSetup: 'test/support/global-setup.ts' },
      },
      { extends: true, test: { name: 'modules', include: ['{src,prove,bench}/**/*.test.ts'] } },
    ],
  },
})
