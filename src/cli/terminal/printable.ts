/** A text of one line, without what a terminal would obey or what would turn the line around. */
export function onOneLine(text: string): string {
  return printable(text).replaceAll(/\s+/gu, ' ').trim()
}

// Kept: they join emoji and letters, and move nothing.
const joiners = '\u200c\u200d\ufe0f'
const unprintable = new RegExp(`(?![\\n${joiners}])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]`, 'gu')

/** A text of lines that nobody vouches for: line feeds stay, tabs become spaces, all other control characters become `�`. */
export function printable(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', '  ')
    .replaceAll(/[\u2028\u2029]/g, '\n')
    .replaceAll(unprintable, '\ufffd')
}
