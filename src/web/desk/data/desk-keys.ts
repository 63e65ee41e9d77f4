import type { Preferences } from '#desk-protocol'

/** Every key of the desk, for the settings: what is on the screen says which of them work there. `page`: where it goes. */
export const deskKeys = [
  { of: 'list', keys: 'j', text: 'inbox:nextKey' },
  { of: 'list', keys: 'k', text: 'inbox:previousKey' },
  { of: 'list', keys: 'u', text: 'inbox:nextWaitingKey' },
  { of: 'list', keys: '[', text: 'inbox:viewsKey' },
  { of: 'chat', keys: 'r', text: 'inbox:replyKey' },
  { of: 'chat', keys: 'q', text: 'inbox:quoteKey' },
  { of: 'chat', keys: 'e', text: 'inbox:doneKey' },
  { of: 'chat', keys: 'shift+u', text: 'inbox:undoneKey' },
  { of: 'chat', keys: 'mod+z', text: 'inbox:undoKey' },
  { of: 'chat', keys: 'space', text: 'inbox:pictureKey' },
  { of: 'chat', keys: 'mod+f', text: 'inbox:findKey' },
  { of: 'chat', keys: 'o', text: 'inbox:orderKey' },
  { of: 'chat', keys: 'f', text: 'inbox:filesKey' },
  { of: 'chat', keys: ']', text: 'inbox:contextKey' },
  { of: 'chat', keys: 'z', text: 'inbox:focusKey' },
  { of: 'chat', keys: 'esc', text: 'inbox:backKey' },
  { of: 'everywhere', keys: 'g w', text: 'desk:goTo', page: 'desk:goWaiting' },
  { of: 'everywhere', keys: 'g d', text: 'desk:goTo', page: 'desk:disputes' },
  { of: 'everywhere', keys: 'g s', text: 'desk:goTo', page: 'desk:settings' },
  { of: 'everywhere', keys: '/', text: 'desk:search' },
  { of: 'everywhere', keys: 'mod+k', text: 'desk:paletteKey' },
  { of: 'everywhere', keys: '?', text: 'ui:keysShow' },
] as const

export type DeskKey = (typeof deskKeys)[number]
type Chosen = Preferences['keys']

export function boundBy(chosen: Chosen): ReadonlyMap<string, string> {
  return new Map(chosen?.map(({ act, keys }) => [act, keys]))
}

export function keysOf({ keys }: DeskKey, chosen: Chosen): string {
  return boundBy(chosen).get(keys) ?? keys
}

/** What these keys do already, if that is something else. */
export function takenBy(keys: string, asker: DeskKey, chosen: Chosen): DeskKey | undefined {
  return deskKeys.find(other => other !== asker && keysOf(other, chosen) === keys)
}

/** An act by other keys; by its own it is as if nothing was chosen. */
export function rebind({ keys: act }: DeskKey, keys: string, chosen: Chosen): NonNullable<Chosen> {
  const rest = (chosen ?? []).filter(one => one.act !== act)
  return keys === act ? rest : [...rest, { act, keys }]
}

/** The first strokes of two: after one of these, another is waited for. */
export function firstStrokes(chosen: Chosen): ReadonlySet<string> {
  const all = deskKeys.flatMap(one => [one.keys, keysOf(one, chosen)])
  return new Set(all.flatMap(keys => (keys.includes(' ') ? [keys.split(' ')[0] ?? ''] : [])))
}

const ofTheBrowser = new Set('acvxwtnrlpsq'.split('').map(letter => `mod+${letter}`))

/** Browsers keep these for themselves, or people need them in a text. */
export function isOfTheBrowser(keys: string): boolean {
  return ofTheBrowser.has(keys)
}
