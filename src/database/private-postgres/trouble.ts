import { codeOf, Problem, pathOf } from '#kit'

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'your quota of the disk is used up: free some space',
  EACCES: 'permission denied: run as its owner, or give another data folder',
  EPERM: 'not permitted: run as its owner, or give another data folder',
  EROFS: 'the file system is read-only: give another data folder',
  ENOTDIR: 'it is not a folder: give another data folder',
  EEXIST: 'it is not a folder: give another data folder',
}

/** Turns what the operating system refused into a Problem; any other error is a bug and stays as it is. */
export function describeTrouble(error: unknown, dataDir: string): unknown {
  const reason = reasons[codeOf(error) ?? '']
  if (!reason) return error
  const path = pathOf(error) ?? dataDir
  return new Problem(`Cannot keep data in ${dataDir}: ${path}: ${reason}`, {
    cause: error,
    kind: 'folderUnusable',
    facts: { folder: dataDir, path, why: reason },
  })
}
