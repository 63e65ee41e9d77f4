import { useMemo } from 'react'
import { CopyButton } from '../form/copy.tsx'
import { type JsonToken, jsonLines, jsonText } from './json-lines.ts'
import './json-view.css'

const maxLines = 5000

/** A JSON value, or a text, laid out and coloured, as it may be copied. Ids keep every digit. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const lines = useMemo(() => jsonLines(value).slice(0, maxLines), [value])
  return (
    <div className="json">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="mono" role="region" aria-label={label} tabIndex={0}>
        {lines.map((tokens, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a value have no other name
          <Line key={index} tokens={tokens} />
        ))}
      </pre>
      <span className="json-copy">
        <CopyButton text={jsonText(value)} />
      </span>
    </div>
  )
}

// A date, an id, a name: longer ones may not fit on a line of their own.
const wholeLength = 40

/** Whether a token goes to the next line rather than be broken. */
const isWhole = (text: string) => text.length <= wholeLength && !/\s/.test(text)

const inset = 4

/** What goes on below the line stands further in than its beginning. */
function hanging([first]: readonly JsonToken[]) {
  const depth = /^ +$/.test(first?.text ?? '') ? (first?.text.length ?? 0) : 0
  return { paddingInlineStart: `${depth + inset}ch`, textIndent: `-${depth + inset}ch` }
}

function Line({ tokens }: { tokens: readonly JsonToken[] }) {
  return (
    <span className="json-line" style={hanging(tokens)}>
      {tokens.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tokens of a line have no other name
        <span key={index} className={isWhole(text) ? `json-${kind} json-whole` : `json-${kind}`}>
          {text}
        </span>
      ))}
      {'\n'}
    </span>
  )
}
