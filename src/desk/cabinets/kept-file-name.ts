import { keptText } from './kept-text.ts'

const nameMaxLength = 200

/** A file's name as it is sent and kept: without folders and control characters, of 200 characters at the most with its ending. */
export function keptFileName(name: string): string {
  const last = keptText(name).split(/[/\\]/).at(-1) ?? ''
  const cleaned = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  if (cleaned === '' || /^\.+$/.test(cleaned)) return 'file'
  if (cleaned.length <= nameMaxLength) return cleaned
  const ending = /\.[^.]{1,16}$/.exec(cleaned)?.[0] ?? ''
  return (cleaned.slice(0, nameMaxLength - ending.length) + ending).toWellFormed()
}
