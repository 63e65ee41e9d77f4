type TextPart = { at: number; text: string; href?: string }

const address = /\bhttps?:\/\/[^\s<>"«»]+/gi
const trailing = /[.,;:!?)\]}'…]+$/

/** A text, cut where an http or https address begins and ends; nothing else becomes a link. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    const found = match[0].replace(trailing, '')
    if (!isOfTheWeb(found)) continue
    if (match.index > end) parts.push({ at: end, text: text.slice(end, match.index) })
    parts.push({ at: match.index, text: found, href: found })
    end = match.index + found.length
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end) })
  return parts
}

function isOfTheWeb(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
}
