import { Problem } from '#kit'
import { outputWidth, paint, print, printJson, say } from '../../terminal/print.ts'
import { formatTable } from '../../terminal/table.ts'
import type { Texts } from '../../texts/index.ts'
import {
  findProfile,
  type Kept,
  profilesFile,
  readProfiles,
  withoutProfile,
  withProfile,
  writeProfiles,
} from '../session/kept-profiles.ts'
import { runInWords } from '../session/run-shop.ts'

/** Lists the profiles without their keys, or makes one the current. */
export async function listProfiles(name: string | undefined, { json }: { json?: true }): Promise<void> {
  await runInWords(async ({ texts }) => {
    const file = profilesFile(process.env)
    const kept = await readProfiles(file, texts)
    if (name !== undefined) {
      await writeProfiles(file, withProfile(kept, requireProfile(kept, name, texts)), texts)
      if (!json) print(texts.profiles.nowCurrent(name))
      return 0
    }
    if (json)
      for (const { apiKey: _, ...profile } of kept.profiles)
        printJson({ ...profile, isCurrent: profile.name === kept.current })
    else tell(kept, texts)
    return 0
  })
}

/** Forgets a profile and its key. */
export async function logout({ profile }: { profile?: string }): Promise<void> {
  await runInWords(async ({ texts }) => {
    const file = profilesFile(process.env)
    const kept = await readProfiles(file, texts)
    const { name } = requireProfile(kept, profile, texts)
    await writeProfiles(file, withoutProfile(kept, name), texts)
    print(texts.profiles.removed(name))
    return 0
  })
}

function requireProfile(kept: Kept, name: string | undefined, { profiles }: Texts) {
  const found = findProfile(kept, name)
  if (found) return found
  throw new Problem(name === undefined ? profiles.none : profiles.noSuch(name))
}

function tell(kept: Kept, { profiles: texts }: Texts): void {
  if (process.env['PRILAVOK_API_KEY']) say(texts.fromVariables)
  if (kept.profiles.length === 0) say(texts.none)
  else for (const line of tableOf(kept, texts)) print(line.trimEnd())
}

function tableOf({ profiles, current }: Kept, texts: Texts['profiles']): string[] {
  const { name, business, url } = texts.columns
  const rows = profiles.map(each => [
    each.name,
    `${each.businessId}`,
    each.baseUrl,
    each.name === current ? texts.current : '',
  ])
  const columns = [{ title: name }, { title: business, align: 'right' as const }, { title: url }, { title: '' }]
  const paintTitle = (text: string) => paint('dim', text.trimEnd())
  return formatTable(columns, rows, { maxWidth: outputWidth(), paintTitle })
}
