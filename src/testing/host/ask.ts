import type { Ask } from '../link/protocol.ts'

type Place = { url: string; adminToken: string }
type Problem = { detail?: string; errors?: { at: string; problem: string }[] }

/** Calls the market's own APIs. Throws what the market refuses with, in one line. */
export async function askMarket({ url, adminToken }: Place, asked: Omit<Ask, 'marketId'>): Promise<unknown> {
  const { call, json, file, token = adminToken } = asked
  const [method = '', path = ''] = call.split(' ')
  const headers = {
    authorization: `Bearer ${token}`,
    ...(json !== undefined && { 'content-type': 'application/json' }),
  }
  const answer = await fetch(url + path, { method, headers, body: file ? formOf(file) : bodyOf(json) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the market refused ${call}: ${reasonOf(text)}`)
  return text === '' ? null : JSON.parse(text)
}

function bodyOf(json: unknown): string | null {
  return json === undefined ? null : JSON.stringify(json)
}

function formOf({ name, base64 }: NonNullable<Ask['file']>): FormData {
  const form = new FormData()
  form.set('file', new Blob([Buffer.from(base64, 'base64')]), name)
  return form
}

function reasonOf(text: string): string {
  if (!text.startsWith('{')) return text.slice(0, 200)
  const { detail = text, errors = [] }: Problem = JSON.parse(text)
  return [detail, ...errors.map(({ at, problem }) => `${at} ${problem}`)].join('; ')
}
