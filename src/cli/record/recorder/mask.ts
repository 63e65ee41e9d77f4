/** Makes what goes to disk nobody's: it is applied before anything is written, and nothing of it can be turned back. */
export class Mask {
  readonly #names = new Map<string, string>()
  readonly #ids = new Map<string, string>()
  /** Of names that are known: what their cases have in common. */
  readonly #stems = new Set<string>()

  /** A JSON value whose customers have numbers for names, and whose texts tell nobody's contacts. */
  value(value: unknown): unknown {
    this.#learn(value)
    return this.#masked(value, '')
  }

  /** A text without e-mails, phones, cards, keys, addresses of files and the names that are known. */
  text(text: string): string {
    const plain = contacts.reduce((masked, [pattern, instead]) => masked.replaceAll(pattern, instead), text)
    return plain.replaceAll(/\p{L}{3,}/gu, word => (this.#isName(word.toLowerCase()) ? '***' : word))
  }

  /** Names are told beside the messages in which they are said: first all of them, then the texts. */
  #learn(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) {
      if (isPerson(key) && typeof item === 'object' && item !== null) this.#learnNames(item)
      this.#learn(item)
    }
  }

  #learnNames(person: object): void {
    for (const [key, text] of Object.entries(person)) {
      if (!/name$/i.test(key) || typeof text !== 'string') continue
      for (const word of text.match(/\p{L}{3,}/gu) ?? []) this.#stems.add(stemOf(word.toLowerCase()))
    }
  }

  #isName(word: string): boolean {
    return [0, 1, 2].some(ending => this.#stems.has(word.slice(0, word.length - ending)))
  }

  #masked(value: unknown, key: string, isOfPerson = false): unknown {
    if (Array.isArray(value)) return value.map(item => this.#masked(item, key, isOfPerson))
    if (typeof value === 'object' && value !== null) {
      const inner = isOfPerson || isPerson(key)
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.#masked(item, name, inner)]))
    }
    if (typeof value !== 'string') return isOfPerson && typeof value !== 'boolean' ? null : value
    if (/token$/i.test(key)) return '***'
    if (!isOfPerson) return moment.test(value) ? value : this.text(value)
    if (key === 'name') return numbered(this.#names, value, 'Покупатель ')
    return key === 'publicId' ? numbered(this.#ids, value, 'customer-') : '***'
  }
}

// Else its digits would pass for a phone number.
const moment = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/

const isPerson = (key: string) => /^(customer|client|buyer|recipient|person)$/i.test(key)

/** The same for the same text, by the order in which they came. */
function numbered(known: Map<string, string>, text: string, prefix: string): string {
  const name = known.get(text) ?? `${prefix}${known.size + 1}`
  known.set(text, name)
  return name
}

/** Анна, Анны, Анной. */
function stemOf(name: string): string {
  return name.length > 3 ? name.slice(0, -1) : name
}

const contacts: readonly (readonly [RegExp, string])[] = [
  [/ACMA:\S+/g, 'ACMA:***'],
  [/\bBearer\s+\S+/gi, 'Bearer ***'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '***@***'],
  [/\b(?:https?:\/\/|www\.)\S+/gi, 'https://masked.invalid/'],
  // Seven digits and more, however they are put into groups: phones, cards, documents.
  [/\+?\d(?:[\s().\u00a0\u2011\u2013-]{0,3}\d){6,}/g, '***'],
]
