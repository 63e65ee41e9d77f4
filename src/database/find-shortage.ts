import { codeOf } from '#kit'
import { isDatabaseAway } from './errors.ts'

const shortages: Partial<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'a file may not grow so large',
  EMFILE: 'this process has too many files open',
  ENFILE: 'this machine has too many files open',
}

/** What the server needs and cannot have now, if an error says so: the same request may pass later. */
export function findShortage(error: unknown): string | undefined {
  if (isDatabaseAway(error)) return 'the database is away'
  return shortages[codeOf(error) ?? '']
}
