const segments = new Intl.Segmenter('und', { granularity: 'grapheme' })

// East Asian Wide and Fullwidth of Unicode's EastAsianWidth.txt, in the ranges that matter to a column.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\d#*]\ufe0f?\u20e3/u
const nothing = /^(?:\p{M}|\p{Cf}|\ufe0f)+$/u

/** How many columns of a terminal a text takes. Expects no control characters. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of segments.segment(text)) width += widthOf(segment)
  return width
}

function widthOf(grapheme: string): number {
  if (nothing.test(grapheme)) return 0
  return wide.test(grapheme) || emoji.test(grapheme) ? 2 : 1
}

/** The beginning that fits, with `…` if something was left out. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let cut = ''
  let used = 0
  for (const { segment } of segments.segment(text)) {
    used += widthOf(segment)
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
