import type { StatsFs } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from '#kit'
import type { MachineFound } from './subject.ts'

/** What a market that is started here and now would have. */
export async function findMachine(dataFolder: string): Promise<MachineFound> {
  const { bavail, blocks, bsize } = await statfsNear(dataFolder)
  return {
    isRoot: process.getuid?.() === 0,
    openFiles: readOpenFiles(),
    freeBytes: bavail * bsize,
    allBytes: blocks * bsize,
  }
}

/** The disk on which the folder is, or will be. */
async function statfsNear(path: string): Promise<StatsFs> {
  try {
    return await statfs(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error
    return statfsNear(dirname(path))
  }
}

/** Node raises its own soft limit to the hard one when it starts. */
function readOpenFiles(): number | undefined {
  const report: unknown = process.report.getReport()
  const limits: unknown = isRecord(report) ? report['userLimits'] : undefined
  const files: unknown = isRecord(limits) ? limits['open_files'] : undefined
  const soft: unknown = isRecord(files) ? files['soft'] : undefined
  if (soft === 'unlimited') return Number.POSITIVE_INFINITY
  return typeof soft === 'number' ? soft : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
