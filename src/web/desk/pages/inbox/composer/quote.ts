const maxLength = 80

/** The first words of a message in quotation marks: «Где мой заказ…». */
export function quoteOf(message: string): string {
  const words = message.replace(/\s+/g, ' ').trim().replaceAll('«', '„').replaceAll('»', '“')
  if (words.length <= maxLength) return `«${words}»`
  // By characters, as a cut within one would leave half of it.
  const first = Array.from(words).slice(0, maxLength).join('')
  const end = words.startsWith(' ', first.length) ? first.length : first.lastIndexOf(' ')
  const whole = first.slice(0, end > 0 ? end : undefined).replace(/[\s,.;:—–-]+$/, '')
  return `«${whole}…»`
}

type Written = { text: string; at: number }

/** The quote on a line of its own where the cursor stands; what was written stays, the cursor is below the quote. */
export function insertQuote({ text, at }: Written, quote: string): Written {
  const [before, after] = [text.slice(0, at), text.slice(at)]
  const begin = before === '' || before.endsWith('\n') ? before : `${before.replace(/ +$/, '')}\n`
  const upTo = `${begin}${quote}\n`
  return { text: `${upTo}${after.replace(/^[ \n]/, '')}`, at: upTo.length }
}
