import { sep } from 'node:path'
import { codeOf, Problem, pathOf } from '#kit'
import type { Texts } from '../texts/index.ts'

// Reading and writing are refused without a path.
const pathless = ['EISDIR', 'ENOSPC', 'EDQUOT', 'EIO']

/** A catch: what the system refuses in the data folder is something a person can mend. */
export function refuseFolder(folder: string, { serve }: Texts) {
  return (error: unknown): never => {
    const [code, path] = [codeOf(error), pathOf(error)]
    const isInside = path === folder || path?.startsWith(folder + sep)
    if (code === undefined || !(isInside || pathless.includes(code))) throw error
    throw new Problem(serve.badFolder(folder, code, isInside ? path : undefined), { cause: error })
  }
}
