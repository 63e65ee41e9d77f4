import { storable } from './body-text.ts'

/**
 * A regular expression of PostgreSQL that finds a text in either case, and also as JSON escapes it. Each character is written
 * as its number: nothing of the text is read as a pattern, and the database's locale does not matter.
 */
export function patternOf(text: string): string {
  return Array.from(storable(text), patternOfCharacter).join('')
}

function patternOfCharacter(character: string): string {
  const plain = [...new Set([character, character.toLowerCase(), character.toUpperCase()])]
  const forms = [...plain.map(toNumbers), ...plain.flatMap(escapedForms)]
  return forms.length === 1 ? (forms[0] ?? '') : `(?:${forms.join('|')})`
}

function toNumbers(text: string): string {
  return Array.from(text, character => `\\U${hex(character.codePointAt(0), 8)}`).join('')
}

/** As JSON must escape it, or as writers of JSON do that keep to ASCII. */
function escapedForms(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1)
  if (escaped !== text) return [toNumbers(escaped)]
  if (/^[ -~]*$/.test(text)) return []
  return [Array.from(text.split(''), unit => toNumbers('\\u') + anyCase(hex(unit.charCodeAt(0), 4))).join('')]
}

const hex = (number = 0, digits: number) => number.toString(16).padStart(digits, '0')

const anyCase = (digits: string) => digits.replace(/[a-f]/g, digit => `[${digit}${digit.toUpperCase()}]`)
