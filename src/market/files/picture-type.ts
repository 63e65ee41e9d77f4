const signatures: [type: string, matches: (head: Buffer) => boolean][] = [
  ['image/png', head => head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))],
  ['image/jpeg', head => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['image/gif', head => /^GIF8[79]a/.test(head.toString('latin1'))],
  ['image/webp', head => /^RIFF[\s\S]{4}WEBP/.test(head.toString('latin1'))],
]

/** The type of a picture that may be shown in a page, by its first bytes alone; whatever the sender called it. */
export function pictureType(head: Buffer): string | undefined {
  return signatures.find(([, matches]) => matches(head))?.[0]
}
