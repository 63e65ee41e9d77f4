import { type BusinessId, type ChatId, idOf, int32, type Static, Type } from '#contract'
import { Problem } from '#kit'
import { type AdminCalls, Refused } from '../connection/admin-calls.ts'
import { type ConnectionFlags, findMarket } from '../connection/find-market.ts'
import { print, printJson } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import type { Texts } from '../texts/index.ts'
import { translateRefusal } from './describe-issue.ts'
import { type ReadFile, readStateFile } from './read-file.ts'

type Flags = ConnectionFlags & { json?: true; isOnce: boolean }

const businessId = idOf<BusinessId>('The business.')
const chatIds = Type.Array(idOf<ChatId>('The chat.'))
const Imported = Type.Object({
  isNew: Type.Boolean(),
  businesses: Type.Array(Type.Object({ businessId, name: Type.String(), chatIds, messages: int32() })),
  keys: Type.Array(Type.Object({ businessId, name: Type.String(), token: Type.String() })),
})
type Imported = Static<typeof Imported>

// The market writes all of it before it answers.
const patienceMs = 10 * 60_000

/** Puts a state file into the market: `seed` once only, however often it is called. */
export async function putFile(file: string, { isOnce, json, ...flags }: Flags, texts: Texts): Promise<void> {
  const read = await readStateFile(file, texts)
  const { admin } = await findMarket(flags, texts)
  const imported = await put(admin.patiently(patienceMs), { file, read, isOnce }, texts)
  if (json) printJson(imported)
  else for (const line of describe(imported, texts)) print(line)
}

type Putting = { file: string; read: ReadFile; isOnce: boolean }

function put(admin: AdminCalls, { file, read, isOnce }: Putting, texts: Texts): Promise<Imported> {
  const { state, files, placeOf } = read
  return admin.ask('POST /lab/v1/state', Imported, { state, files, once: isOnce }).catch(error => {
    if (!(error instanceof Refused)) throw error
    if (error.status === 404) throw new Problem(texts.state.noLab(admin.url), { cause: error })
    const lines = (error.body.errors ?? []).map(({ at, problem }) => {
      const path = at.replace(/^state\./, '')
      const { line, column } = placeOf(path)
      return `  ${file}:${line}:${column}  ${path} ${onOneLine(translateRefusal(problem, texts.state))}`
    })
    if (lines.length === 0) throw error
    throw new Problem([texts.state.refusedByMarket(admin.url), ...lines].join('\n'), { cause: error })
  })
}

function describe({ isNew, businesses, keys }: Imported, { state }: Texts): string[] {
  const lines = businesses.map(({ businessId, name, chatIds, messages }) =>
    state.business(businessId, onOneLine(name), state.chats(chatIds.length), state.messages(messages)),
  )
  const tokens = keys.map(({ businessId, name, token }) => state.key(onOneLine(name), businessId, token))
  return [isNew ? state.put : state.wasThere, ...lines, ...tokens]
}
