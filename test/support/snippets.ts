/** The programs in a page of documentation. */

export type Snippet = {
  /** As it stands on the page. */
  text: string
  /** Of the page, where it begins. */
  line: number
  /** What its `console.log(…) // …` say that they print, in order. */
  prints: string[]
}

/** Every ```ts block of a page. */
export function snippetsOf(page: string): Snippet[] {
  return Array.from(page.matchAll(/^```ts\n(.*?)^```$/gms), match => {
    const text = match[1] ?? ''
    const prints = Array.from(text.matchAll(/console\.log\(.*\),? \/\/ (.+)$/gm), print => print[1] ?? '')
    return { text, line: page.slice(0, match.index).split('\n').length + 1, prints }
  })
}

/** A snippet as a module: what it uses and does not declare comes from `./given.ts`. */
export function moduleOf({ text }: Snippet, given: readonly string[]): string {
  const wanted = given.filter(name => new RegExp(`\\b${name}\\b`).test(text) && !declares(text, name))
  const head = wanted.length > 0 ? `import { ${wanted.join(', ')} } from './given.ts'\n` : ''
  return `${head}${text}\nexport {}\n`
}

/** At its top level. */
function declares(text: string, name: string): boolean {
  return new RegExp(`^const (?:${name}\\b|\\{[^}]*\\b${name}\\b(?!:)[^}]*\\} =)`, 'm').test(text)
}
