/** A file that is not fetched: too large, or not such as was told. */
export class Unfetchable extends Error {
  override name = 'Unfetchable'
}

/** The bytes of a body as they come, not more of them than allowed. */
export async function* bounded(body: AsyncIterable<Uint8Array> | null, maxBytes: number): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0
  for await (const chunk of body ?? []) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw new Unfetchable(`it is larger than ${maxBytes / 1024 / 1024} MB`)
    yield chunk
  }
}
