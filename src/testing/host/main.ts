/** The host of the markets that tests start. A program of its own: a test may stop the timers of its process, or mock its fetch. */
import { hostPlace } from '../link/place.ts'
import { listening } from '../link/protocol.ts'
import { serveTests } from './serve-tests.ts'

const [, program = ''] = process.argv
// Whoever has started it may be gone.
process.stdout.on('error', () => {})
const isServing = await serveTests(hostPlace(program).socket)
console.log(listening)
if (!isServing) process.exit(0)
