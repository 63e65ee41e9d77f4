const secretMinLength = 8
const cut = '…'

/** A text of somebody else's without the key or any telling part of it, and then no longer than this. */
export function redact(text: string, apiKey: string, maxLength = 500): string {
  // The whole comes first; parts stand alone where the colons between them were spelled otherwise. What is shorter is no secret.
  const secrets = [apiKey, ...apiKey.split(':')].filter(part => part.length >= secretMinLength)
  const clean = secrets.reduce((left, secret) => left.replace(beginningOf(secret), '[key]'), text)
  return clean.length > maxLength ? clean.slice(0, maxLength) + cut : clean
}

/** The secret or as much of its beginning as tells something, in letters of any case: a market may shorten what it repeats. */
function beginningOf(secret: string): RegExp {
  const letters = Array.from(secret, letter => letter.replace(/\W/, '\\$&'))
  const rest = letters.slice(secretMinLength).reduceRight((after, letter) => `(?:${letter}${after})?`, '')
  return new RegExp(letters.slice(0, secretMinLength).join('') + rest, 'gi')
}
