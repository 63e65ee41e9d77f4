/** A block of a stream of server-sent events; a heartbeat has no name, and may have an id. */
export type EventBlock = { name?: string; id?: string; data: string }

export function parseBlock(text: string): EventBlock {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? []
    if (name !== '') fields.set(name, value)
  }
  const [name, id, data = ''] = [fields.get('event'), fields.get('id'), fields.get('data')]
  return { ...(name !== undefined && { name }), ...(id !== undefined && { id }), data }
}

/** The blocks of a stream as they become whole; `onChunk` hears of every sign of life. */
export async function* readBlocks(
  body: ReadableStream<Uint8Array>,
  onChunk: () => void = () => {},
): AsyncGenerator<EventBlock> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  for (let rest = ''; ; ) {
    const { done, value } = await reader.read()
    if (done) return
    onChunk()
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    yield* blocks.map(parseBlock)
  }
}
