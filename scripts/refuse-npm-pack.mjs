// `npm pack` and `npm publish` would pack the sources, which no Node runs below node_modules. npm says here which of its commands it runs.
import { end } from './packing.mjs'

const command = process.env.npm_command
if (command === 'pack' || command === 'publish')
  end(`npm ${command} would pack the sources, which run in no other folder. The package is: npm run pack -- --out DIR`)
