import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BusinessId, Type } from '#contract'
import { codeOf, Problem } from '#kit'
import { State, writeStateText } from '#market'
import { Refused } from '../connection/admin-calls.ts'
import { type ConnectionFlags, findMarket } from '../connection/find-market.ts'
import { print } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'

const Exported = Type.Object({
  state: State,
  files: Type.Array(Type.Object({ path: Type.String(), content: Type.String() })),
})

const patienceMs = 10 * 60_000
// Whatever a market says: nothing is written but into this folder, under such a name.
const safePath = /^files\/[0-9a-f]{16}(\.[a-z0-9]{1,8})?$/

type Flags = ConnectionFlags & { business?: BusinessId; force?: true }

/** Writes what the market holds, or one business, into a file, and the files of its messages beside it. */
export async function exportFile(file: string, { business, force, ...flags }: Flags, texts: Texts): Promise<void> {
  const said = texts.state
  if (!force && (await isThere(file))) throw new Problem(said.isThere(file))
  const { admin } = await findMarket(flags, texts)
  const query = business === undefined ? '' : `?businessId=${business}`
  const { state, files } = await admin
    .patiently(patienceMs)
    .ask(`GET /lab/v1/state${query}`, Exported)
    .catch(error => {
      const hasNoLab = error instanceof Refused && error.status === 404 && business === undefined
      throw hasNoLab ? new Problem(said.noLab(admin.url), { cause: error }) : error
    })
  if (files.some(({ path }) => !safePath.test(path))) throw new Problem(texts.connection.otherVersion(admin.url))
  try {
    const folder = dirname(file)
    if (files.length > 0) await mkdir(join(folder, 'files'), { recursive: true })
    for (const { path, content } of files) await writeFile(join(folder, path), Buffer.from(content, 'base64'))
    await writeFile(file, await writeStateText(state))
  } catch (error) {
    throw new Problem(said.unwritable(file, codeOf(error) ?? String(error)), { cause: error })
  }
  const chats = (state.businesses ?? []).reduce((sum, { chats = [] }) => sum + chats.length, 0)
  print(
    said.exported(file, said.businesses(state.businesses?.length ?? 0), said.chats(chats), said.files(files.length)),
  )
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
