import { decode, type UnknownNames } from '#contract'
import { checkState } from './check-state.ts'
import { State } from './declaration.ts'
import type { StateIssue } from './issues.ts'

/** A line and a column, counted from 1. */
export type TextPlace = { line: number; column: number }
export type PlacedIssue = TextPlace & { issue: StateIssue }

export type StateText =
  | { ok: true; state: State; placeOf: (at: string) => TextPlace }
  | { ok: false; issues: PlacedIssue[] }
  /** Not YAML. `why` is the parser's sentence, of one line. */
  | { ok: false; syntax: TextPlace & { why: string } }

/** Reads a state file. Loads the parser first: whoever reads none does without it. */
export async function readStateText(text: string): Promise<StateText> {
  const { isMap, isNode, isScalar, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, intAsBigInt: true, prettyErrors: false, stringKeys: true })
  const placeAt = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const [error] = [...document.errors, ...document.warnings]
  if (error) return { ok: false, syntax: { ...placeAt(error.pos[0]), why: error.message } }
  const placeOf = (at: string) => {
    for (const path = keysOf(at); path.length > 0; path.pop()) {
      const node = document.getIn(path, true)
      if (isNode(node) && node.range) return placeAt(node.range[0])
    }
    return placeAt(0)
  }
  const placeOfName = (at: string) => {
    const path = keysOf(at)
    const name = path.pop()
    const parent = document.getIn(path, true)
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && `${key.value}` === `${name}`)
      : undefined
    return isNode(pair?.key) && pair.key.range ? placeAt(pair.key.range[0]) : placeOf(at)
  }
  let value: unknown
  try {
    value = document.toJS()
  } catch (cause) {
    // Aliases that unfold into too much.
    return { ok: false, syntax: { ...placeAt(0), why: cause instanceof Error ? cause.message : String(cause) } }
  }
  const names: UnknownNames = {}
  const decoded = decode(State, value, 'state', names)
  const issues = [...unknownOf(names), ...(decoded.ok ? checkState(decoded.value) : decoded.issues)]
  if (decoded.ok && issues.length === 0) return { ok: true, state: decoded.value, placeOf }
  const placed = issues.map(issue => ({ ...(issue.rule === 'unknown field' ? placeOfName : placeOf)(issue.at), issue }))
  return { ok: false, issues: placed.sort((a, b) => a.line - b.line || a.column - b.column) }
}

function unknownOf({ unknown = [] }: UnknownNames): StateIssue[] {
  return unknown.map(name => ({ rule: 'unknown field', at: name.replace(/^state\./, '') }))
}

/** businesses[0].name -> businesses, 0, name. */
function keysOf(at: string): (string | number)[] {
  return Array.from(at.matchAll(/[^.[\]]+/g), ([key]) => (/^\d+$/.test(key) ? Number(key) : key))
}
