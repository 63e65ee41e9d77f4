import type { State } from './declaration.ts'

/** The files that a state names, each once, with where it is named first. */
export function filesOf(state: State): { path: string; at: string }[] {
  const found = new Map<string, string>()
  for (const [n, { chats = [] }] of (state.businesses ?? []).entries())
    for (const [m, { messages = [] }] of chats.entries())
      for (const [k, { file }] of messages.entries())
        if (file !== undefined && !found.has(file)) found.set(file, `businesses[${n}].chats[${m}].messages[${k}].file`)
  return Array.from(found, ([path, at]) => ({ path, at }))
}
