import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { fileMaxBytes } from '#contract'
import { codeOf, Problem } from '#kit'
import { filesOf, readStateText, type State, type TextPlace } from '#market'
import type { Texts } from '../texts/index.ts'
import { describeIssues } from './describe-issue.ts'

const maxBytes = 16 * 1024 * 1024

export type ReadFile = {
  state: State
  files: { path: string; content: string }[]
  placeOf: (at: string) => TextPlace
}

/** A state file with the files that it names. Throws a Problem that says what is wrong, and in which line. */
export async function readStateFile(file: string, texts: Texts): Promise<ReadFile> {
  const text = await readBounded(file, texts)
  const read = await readStateText(text)
  if (!read.ok && 'syntax' in read) {
    const { line, column, why } = read.syntax
    throw new Problem(texts.state.notYaml(`${file}:${line}:${column}`, why))
  }
  if (!read.ok) throw new Problem(describeIssues(file, read.issues, texts))
  const { state, placeOf } = read
  const files: ReadFile['files'] = []
  for (const { path, at } of filesOf(state)) {
    const { line, column } = placeOf(at)
    const bytes = await readBeside(file, path, why => new Problem(`${file}:${line}:${column}  ${path}: ${why}`), texts)
    files.push({ path, content: bytes.toString('base64') })
  }
  return { state, files, placeOf }
}

async function readBounded(file: string, { state }: Texts): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > maxBytes) throw new Problem(state.tooBig(file, maxBytes / 1024 / 1024))
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(state.unreadable(file, codeOf(error) ?? String(error)), { cause: error })
  }
}

/** Nothing outside of the state file's folder is read, by whatever way a path leads there. */
async function readBeside(
  file: string,
  path: string,
  problem: (why: string) => Problem,
  { state }: Texts,
): Promise<Buffer> {
  const folder = await realpath(dirname(file))
  if (isAbsolute(path) || path.includes('\0')) throw problem(state.outside)
  try {
    const real = await realpath(join(folder, path))
    if (!real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) throw problem(state.outside)
    const facts = await stat(real)
    if (!facts.isFile() || facts.size === 0 || facts.size > fileMaxBytes)
      throw problem(state.badFile(fileMaxBytes / 1024 / 1024))
    return await readFile(real)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw problem(state.noFile(codeOf(error) ?? String(error)))
  }
}
