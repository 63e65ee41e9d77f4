import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './scripts/vite/compressed.ts'
import { guide } from './scripts/vite/guide/guide.ts'
import { installable } from './scripts/vite/installable.ts'

const root = import.meta.dirname

/** What is built, and where it begins. The desk's service worker has one name for good; pages of the guide are made by its plugin. */
const entries = {
  console: { index: 'index.html' },
  desk: { index: 'index.html', worker: 'worker/worker.ts' },
  guide: { main: 'main.ts', scheme: 'scheme.ts' },
}
const wanted = process.env['PRILAVOK_APP']
const app = wanted === 'desk' || wanted === 'guide' ? wanted : 'console'
const folder = join(root, 'src/web', app)
const input = Object.fromEntries(Object.entries(entries[app]).map(([name, file]) => [name, join(folder, file)]))

/** Everything an application shows comes from our own server: no inline scripts, no other host, assets by their hash. */
export default defineConfig({
  root: folder,
  base: `/${app}/`,
  plugins: [react(), app === 'desk' && installable(folder), app === 'guide' && guide(root), compressed()],
  build: {
    outDir: process.env['PRILAVOK_APP_OUT'] ?? join(root, 'dist', app),
    emptyOutDir: true,
    target: ['chrome120', 'firefox135', 'safari18.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // React, Mantine's base and the router, used by every page: 170 KB on the wire.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input,
      // Making pages is what most of a build of the guide is.
      checks: { bundlerTimings: false },
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
      // The contract is tables without effects: what the console does not use of it stays behind.
      treeshake: { moduleSideEffects: [{ test: /\/src\/contract\//, sideEffects: false }] },
    },
  },
})
