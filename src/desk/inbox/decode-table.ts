const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1251 = new TextDecoder('windows-1251', { fatal: true })
const marks: readonly [encoding: string, mark: number[]][] = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** A table's bytes as text: UTF-8, UTF-16 with its mark, or windows-1251 as Excel saves it in Russian. Undefined if it is none. */
export function decodeTable(bytes: Uint8Array): string | undefined {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))
  const text = marked ? decoded(new TextDecoder(marked[0], { fatal: true }), bytes) : decodeUnmarked(bytes)
  // No table has a NUL, and hardly any other file is without.
  return text?.includes('\0') ? undefined : text
}

function decodeUnmarked(bytes: Uint8Array): string | undefined {
  const text = decoded(utf8, bytes)
  if (text !== undefined) return text
  const russian = decoded(windows1251, bytes)
  return russian !== undefined && isRussian(russian) ? russian : undefined
}

function decoded(decoder: typeof utf8, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined // it is of another encoding
  }
}

/** Other encodings of Russian, read as windows-1251, have capitals for small letters, or signs that are no letters. */
function isRussian(text: string): boolean {
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0
  const [small, capital, beyondAscii] = [count(/[а-яё]/g), count(/[А-ЯЁ]/g), count(/[^\0-\x7f]/g)]
  return small > capital && small + capital > beyondAscii * 0.7
}
