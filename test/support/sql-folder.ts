import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { whenOver } from './run-context.ts'

type Texts = Record<string, string>

/** A folder with `migrations/` and `functions/` for one test; texts by file name. */
export function makeSqlFolder({ migrations = {}, functions = {} }: { migrations?: Texts; functions?: Texts }): URL {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-sql-'))
  whenOver(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, texts] of Object.entries({ migrations, functions })) {
    mkdirSync(join(folder, name))
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, name, file), text)
  }
  return pathToFileURL(`${folder}/`)
}
