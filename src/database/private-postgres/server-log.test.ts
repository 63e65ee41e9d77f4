import { expect, test } from 'vitest'
import { findComplaint } from './server-log.ts'

test.each([
  ['2026-01-01 00:00:00 UTC [7] FATAL:  could not map\n2026-01-01 00:00:01 UTC [7] LOG:  shut down\n', 'could not map'],
  ['FATAL:  no such role\nPANIC:  cannot abort\ninitdb: removing contents of data directory "/x"\n', 'no such role'],
  ['FATAL:  could not extend file "x": wrote only 4 bytes\nHINT:  Check free disk space.\n', 'the disk is full'],
  ['postgres: cannot execute\n\n', 'postgres: cannot execute'],
  ['\n', undefined],
])('of the log %j the complaint is %j', (log, complaint) => {
  expect(findComplaint(log)).toBe(complaint)
})
