import { serializeJson } from '#contract'

// JSON itself escapes those below U+0020. They stand in texts alone, so that what is escaped means the same.
const controls = /[\u007f-\u009f]/g

/** One value, one line, ids digit for digit; no character in it that a terminal obeys. */
export function jsonLine(value: object): string {
  return serializeJson(value).replaceAll(controls, escapeOf)
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
