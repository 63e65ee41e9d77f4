// What stands in examples, and what people type first.
const words =
  /pass(word|wd)|secret|change.?me|replace.?me|example|default|prilavok|postgres|qwerty|12345|^(admin|root|test|demo|market|desk)\d*$/i
const fewestCharacters = 8

/** Whether a secret or password is one of examples, or of so few different characters that chance has not made it. */
export function isGuessable(text: string): boolean {
  return words.test(text) || new Set(text).size < Math.min(fewestCharacters, text.length)
}
