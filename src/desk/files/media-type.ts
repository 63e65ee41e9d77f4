/** Pictures by how they begin. What a market or a name says of a file is not believed. */
const beginnings: readonly [type: string, at: number, bytes: Buffer][] = [
  ['image/png', 0, Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['image/jpeg', 0, Buffer.from('\xff\xd8\xff', 'latin1')],
  ['image/gif', 0, Buffer.from('GIF8', 'latin1')],
  ['image/webp', 8, Buffer.from('WEBP', 'latin1')],
]

/** The type of a picture that may be shown; anything else is bytes. */
export function mediaTypeOf(head: Buffer): string {
  const found = beginnings.find(([, at, bytes]) => head.subarray(at, at + bytes.length).equals(bytes))
  return found?.[0] ?? 'application/octet-stream'
}
