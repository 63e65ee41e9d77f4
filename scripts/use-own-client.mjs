// Runs an example in this clone: node --import ./scripts/use-own-client.mjs examples/x.ts finds @prilavok/client in src/client.
import { registerHooks } from 'node:module'

const own = new URL('../src/client/index.ts', import.meta.url).href

registerHooks({ resolve: (name, context, next) => next(name === '@prilavok/client' ? own : name, context) })
