// A cut is looked for in the last third: shorter pieces would tear the text into too many.
const leastPart = 2 / 3
const cuts = [/\n\n+/g, /\n/g, /[.!?…]\s/g, /\s/g]

/** A text in pieces of at most `max`, cut between paragraphs, else lines, sentences, words; never within a character. */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > max) {
    const at = cutOf(rest, max)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' ? pieces : [...pieces, rest]
}

function cutOf(text: string, max: number): number {
  const window = text.slice(0, max + 1)
  for (const cut of cuts) {
    const last = Array.from(window.matchAll(cut)).at(-1)
    const end = last && last.index + last[0].length
    if (end !== undefined && end >= max * leastPart && end <= max) return end
  }
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(max - 1))
  return isPair ? max - 1 : max
}
