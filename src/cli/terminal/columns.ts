import displayWidth from 'string-width'

const segments = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The beginning that fits, with `…` if something was left out. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let cut = ''
  let used = 0
  for (const { segment } of segments.segment(text)) {
    used += displayWidth(segment)
    if (used > width - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}

export function padTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(width - displayWidth(text), 0))
  return align === 'left' ? text + space : space + text
}

/** Lines that fit, broken between words where possible. Line feeds stay. */
export function wrapTo(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, Math.max(width, 8)))
}

function wrapLine(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line]
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<= )/).flatMap(word => pieces(word, width))) {
    if (current !== '' && displayWidth((current + word).trimEnd()) > width) {
      lines.push(current.trimEnd())
      current = ''
    }
    current += word
  }
  return [...lines, current.trimEnd()]
}

/** A word longer than the line is broken where it must. */
function pieces(word: string, width: number): string[] {
  if (displayWidth(word.trimEnd()) <= width) return [word]
  const parts = ['']
  for (const { segment } of segments.segment(word)) {
    const last = parts.at(-1) ?? ''
    if (displayWidth(last + segment) > width) parts.push(segment)
    else parts[parts.length - 1] = last + segment
  }
  return parts
}
