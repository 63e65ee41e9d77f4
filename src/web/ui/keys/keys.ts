import { useEffect, useSyncExternalStore } from 'react'
import { keysInForce } from './bindings.ts'
import { wholeStrokeOf } from './strokes.ts'

export type KeyAct = {
  /** One or two strokes, by the place of their keys: `g o`, `n`, `/`, `mod+k`. `mod` is Ctrl, or Cmd on a Mac. Others may be in force. */
  keys: string
  does: string
  run: () => void
  /** Also while something is typed, and where single keys are switched off. */
  isEverywhere?: boolean
  /** About what is open on the page: a palette has these first. */
  isOfOpen?: boolean
}

const sequenceMs = 1200
const bound = new Set<readonly KeyAct[]>()
const watchers = new Set<() => void>()
let snapshot: readonly KeyAct[] = []
let areOff = false
let before: { stroke: string; at: number } | undefined

/** Single keys do nothing, for who would rather have it so. */
export function switchKeys({ isOff }: { isOff: boolean }): void {
  areOff = isOff
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable="true"], [role="dialog"]',
    ) !== null
  )
}

const pressable = 'button, summary, input, [role=button], [role=option], [role=menuitem], [role=separator]'

/** Space presses what has the focus. */
function isPress(stroke: string, target: EventTarget | null): boolean {
  return stroke === 'space' && target instanceof Element && target.closest(pressable) !== null
}

function onKey(event: KeyboardEvent): void {
  if (event.altKey || event.defaultPrevented) return
  const isQuiet = isTyping(event.target) || areOff
  const stroke = wholeStrokeOf(event)
  if (!stroke || isPress(stroke, event.target)) return
  if (stroke.startsWith('mod+')) runModified(event, stroke, isQuiet)
  else if (!isQuiet) runPlain(event, stroke)
}

function runPlain(event: KeyboardEvent, stroke: string): void {
  const first = before && event.timeStamp - before.at < sequenceMs ? before.stroke : undefined
  const act = find(first ? `${first} ${stroke}` : stroke) ?? find(stroke)
  before = act ? undefined : { stroke, at: event.timeStamp }
  if (!act) return
  event.preventDefault()
  act.run()
}

function runModified(event: KeyboardEvent, stroke: string, isQuiet: boolean): void {
  const act = find(stroke)
  if (!act || (isQuiet && act.isEverywhere !== true)) return
  event.preventDefault()
  act.run()
}

/** The keys that were bound last win: a page's keys over the frame's. */
function find(keys: string): KeyAct | undefined {
  return [...bound]
    .reverse()
    .flat()
    .find(act => keysInForce(act.keys) === keys)
}

function tell(): void {
  snapshot = [...bound].flat()
  for (const watcher of watchers) watcher()
}

/** Keys that work while the component is on the screen. Give a list that stays the same between draws (useMemo). */
export function useKeys(acts: readonly KeyAct[]): void {
  useEffect(() => {
    if (bound.size === 0) window.addEventListener('keydown', onKey)
    bound.add(acts)
    tell()
    return () => {
      bound.delete(acts)
      if (bound.size === 0) window.removeEventListener('keydown', onKey)
      tell()
    }
  }, [acts])
}

/** All keys that work now. */
export function useBoundKeys(): readonly KeyAct[] {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => snapshot,
  )
}
