import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { decode, idOf, parseJson, type Static, serializeJson, Type } from '#contract'
import { codeOf, Problem } from '#kit'
import type { Texts } from '../../texts/index.ts'

const Profile = Type.Object({
  name: Type.String({ minLength: 1 }),
  apiKey: Type.String({ minLength: 1 }),
  businessId: idOf<bigint>('The business.'),
  baseUrl: Type.String({ minLength: 1 }),
})
const Kept = Type.Object({ current: Type.Optional(Type.String()), profiles: Type.Array(Profile) })
/** A business that somebody has logged in to. */
export type Profile = Static<typeof Profile>
export type Kept = Static<typeof Kept>

export const profileDefault = 'default'

/** PRILAVOK_CONFIG, else the folder that XDG names for configuration. */
export function profilesFile(environment: NodeJS.ProcessEnv): string {
  const given = environment['PRILAVOK_CONFIG']
  if (given !== undefined && given !== '') return given
  const xdg = environment['XDG_CONFIG_HOME']
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.config'), 'prilavok', 'profiles.json')
}

/** No file is no profiles. Throws a Problem if the file cannot be read. */
export async function readProfiles(file: string, texts: Texts): Promise<Kept> {
  const text = await readFile(file, 'utf8').catch(error => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined
    throw new Problem(texts.profiles.unreadable(file, codeOf(error) ?? ''), { cause: error })
  })
  if (text === undefined) return { profiles: [] }
  const parsed = parseJson(text)
  const kept = decode(Kept, parsed.ok ? parsed.value : undefined)
  if (kept.ok) return kept.value
  throw new Problem(texts.profiles.damaged(file))
}

/** For its owner's eyes alone: the file holds keys. It is there as a whole or as it was. */
export async function writeProfiles(file: string, kept: Kept, texts: Texts): Promise<void> {
  const draft = `${file}.${process.pid}`
  try {
    await makeOwnFolder(dirname(file))
    await rm(draft, { force: true })
    await writeFile(draft, `${serializeJson(kept)}\n`, { mode: 0o600, flush: true })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}) // told below
    throw new Problem(texts.profiles.unwritable(file, codeOf(error) ?? ''), { cause: error })
  }
}

/** A folder that was there keeps its rights, but for one of our own name. */
async function makeOwnFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (folder.endsWith('prilavok')) await chmod(folder, 0o700)
}

export function withProfile({ profiles }: Kept, profile: Profile): Kept {
  return { current: profile.name, profiles: [...profiles.filter(({ name }) => name !== profile.name), profile] }
}

export function withoutProfile({ current, profiles }: Kept, name: string): Kept {
  const left = profiles.filter(profile => profile.name !== name)
  const next = current === name ? left[0]?.name : current
  return { ...(next !== undefined && { current: next }), profiles: left }
}

/** The one that is named, else the current one. */
export function findProfile({ current, profiles }: Kept, name = current): Profile | undefined {
  return profiles.find(profile => profile.name === name)
}
