import { sep } from 'node:path'
import { Problem } from '#kit'

// Reading and writing are refused without a path.
const pathless = ['EISDIR', 'ENOSPC', 'EDQUOT', 'EIO']

/** A catch: what the system refuses in the data folder is something a person can mend. */
export function refuseFolder(folder: string) {
  return (error: unknown): never => {
    const [code, path] = [codeOf(error), pathOf(error)]
    const isInside = path === folder || path?.startsWith(folder + sep)
    if (code === undefined || !(isInside || pathless.includes(code))) throw error
    throw new Problem(
      `The data folder ${folder} cannot be used (${code}${isInside ? ` at ${path}` : ''}): mend that, or give another with --data.`,
      { cause: error },
    )
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function pathOf(error: unknown): string | undefined {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined
}
