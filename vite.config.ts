import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './scripts/vite/compressed.ts'
import { installable } from './scripts/vite/installable.ts'

const root = import.meta.dirname

/** Which application is built: the console, or the desk. */
const app = process.env['PRILAVOK_APP'] === 'desk' ? 'desk' : 'console'
const folder = join(root, 'src/web', app)
/** The desk's service worker has one name for good. */
const worker = join(folder, 'worker/worker.ts')
const input = { index: join(folder, 'index.html'), ...(app === 'desk' && { worker }) }

/** Everything an application shows comes from our own server: no inline scripts, no other host, assets by their hash. */
export default defineConfig({
  root: folder,
  base: `/${app}/`,
  plugins: [react(), app === 'desk' && installable(folder), compressed()],
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
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
      // The contract is tables without effects: what the console does not use of it stays behind.
      treeshake: { moduleSideEffects: [{ test: /\/src\/contract\//, sideEffects: false }] },
    },
  },
})
