import type { Subscription } from './words.tsx'

export type WantedHeader = { name: string; value?: string }

/** Stands for a value that the market keeps and never shows. */
const kept = '••••••'

/** A line for each header: `Authorization: ••••••`. */
export function formatHeaders(headers: Subscription['headers']): string {
  return headers.map(({ name }) => `${name}: ${kept}`).join('\n')
}

/** What such lines say; a value that is as it was shown, or left out, stays. Undefined if a line is none. */
export function parseHeaders(text: string): WantedHeader[] | undefined {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const read = lines.map(line => /^\s*([^\s:]+)\s*:\s*(.*?)\s*$/.exec(line))
  if (read.includes(null)) return undefined
  return read.map(found => {
    const [, name = '', value = ''] = found ?? []
    return value === '' || value === kept ? { name } : { name, value }
  })
}
