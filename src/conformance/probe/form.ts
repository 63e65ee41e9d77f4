export const boundary = 'prilavok-conformance'
export const formType = `multipart/form-data; boundary=${boundary}`
export const formEnd = `--${boundary}--\r\n`

/** One part of a form. */
export function part(head: string, content: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
}

export function filePart(content = 'abc', name = 'filename="a.txt"'): string {
  return part(`name="file"; ${name}`, content)
}

/** A form with one file. */
export function formOf({ content = 'abc', name = 'filename="a.txt"' }: { content?: string; name?: string }): string {
  return filePart(content, name) + formEnd
}

/** The same with a file of so many zeros, in pieces. */
export function formOfSize(size: number): Uint8Array[] {
  const encode = (text: string) => new TextEncoder().encode(text)
  const head = encode(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="all.bin"\r\n\r\n`)
  const pieces = Array.from(
    { length: Math.ceil(size / 65_536) },
    (_, index) => new Uint8Array(Math.min(65_536, size - index * 65_536)),
  )
  return [head, ...pieces, encode(`\r\n${formEnd}`)]
}
