import type { Ask, Link, Opened } from './link/protocol.ts'

/** Calls the own APIs of one market. */
export type Asking = <Answer = unknown>(
  call: string,
  json?: unknown,
  more?: Pick<Ask, 'file' | 'token'>,
) => Promise<Answer>

export function askingOf(link: Link, { marketId }: Opened): Asking {
  return async <Answer>(call: string, json?: unknown, more: Pick<Ask, 'file' | 'token'> = {}) => {
    const asked = { marketId, call, ...(json !== undefined && { json }), ...more }
    return (await link.ask('ask', asked)) as Answer // as the caller knows the operation
  }
}
