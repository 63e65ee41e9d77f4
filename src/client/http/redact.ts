const secretMinLength = 8
const cut = '…'

/** A foreign text without the key and without its parts, cut to this length. */
export function redact(text: string, apiKey: string, maxLength = 500): string {
  // The whole key first; then its parts, for a text that escapes the colons between them. Shorter parts are no secret.
  const secrets = [apiKey, ...apiKey.split(':')].filter(part => part.length >= secretMinLength)
  const clean = secrets.reduce((left, secret) => left.replace(beginningOf(secret), '[key]'), text)
  return clean.length > maxLength ? clean.slice(0, maxLength) + cut : clean
}

/** Finds the secret or its beginning, in letters of any case: a server may shorten what it repeats. */
function beginningOf(secret: string): RegExp {
  const letters = Array.from(secret, letter => letter.replace(/\W/, '\\$&'))
  const rest = letters.slice(secretMinLength).reduceRight((after, letter) => `(?:${letter}${after})?`, '')
  return new RegExp(letters.slice(0, secretMinLength).join('') + rest, 'gi')
}
