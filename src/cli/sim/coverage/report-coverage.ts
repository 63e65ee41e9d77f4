import { writeFile } from 'node:fs/promises'
import { serializeJson } from '#contract'
import { codeOf, Problem } from '#kit'
import { AdminCalls } from '../../connection/admin-calls.ts'
import { say } from '../../terminal/print.ts'
import type { Texts } from '../../texts/index.ts'
import { formatCoverage } from './format-coverage.ts'
import { readCoverage } from './read-coverage.ts'

export type CoverageFlags = { coverage?: true; coverageFile?: string; coverageMin?: number }

type Place = { url: string; adminToken: string }

/** Tells what the command has met, where it is wanted. False if that is less than was asked for. */
export async function reportCoverage(place: Place, flags: CoverageFlags, texts: Texts): Promise<boolean> {
  const { coverage, coverageFile, coverageMin } = flags
  if (!coverage && coverageFile === undefined && coverageMin === undefined) return true
  const read = await readCoverage(new AdminCalls(place, texts))
  if (coverage) for (const line of formatCoverage(read, texts)) say(line)
  if (coverageFile !== undefined) await write(coverageFile, `${serializeJson(read)}\n`, texts)
  const percent = read.of === 0 ? 0 : Math.floor((100 * read.met) / read.of)
  if (coverageMin === undefined || percent >= coverageMin) return true
  say(`prilavok: ${texts.coverage.tooLittle(percent, coverageMin)}`)
  return false
}

async function write(path: string, text: string, { coverage }: Texts): Promise<void> {
  await writeFile(path, text).catch(error => {
    const code = codeOf(error)
    if (code === undefined) throw error
    throw new Problem(coverage.unwritable(path, code), { cause: error })
  })
}
