import { join } from 'node:path'

const isSource = import.meta.filename.endsWith('.ts')

/** Beside this file in the sources, and beside the bundle that this file becomes part of. */
export const hostProgram = join(import.meta.dirname, 'host', isSource ? 'main.ts' : 'main.js')
