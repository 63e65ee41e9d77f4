import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = import.meta.dirname

/** The console. Everything it shows comes from our own server: no inline scripts, no other host, assets by their hash. */
export default defineConfig({
  root: join(root, 'src/web/console'),
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: process.env['PRILAVOK_CONSOLE_OUT'] ?? join(root, 'dist/console'),
    emptyOutDir: true,
    target: ['chrome120', 'firefox135', 'safari18.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // React, Mantine's base and the router, used by every page: 170 KB on the wire.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // The contract is tables without effects: what the console does not use of it stays behind.
      treeshake: { moduleSideEffects: [{ test: /\/src\/contract\//, sideEffects: false }] },
    },
  },
})
