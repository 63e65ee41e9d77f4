import { scopeOnWire } from '#contract'
import type { Answer, Call } from './operation-handler.ts'

export async function getAuthTokenInfo({ key }: Call<'getAuthTokenInfo'>): Promise<Answer<'getAuthTokenInfo'>> {
  return { status: 'OK', result: { apiKey: { name: key.name, authScopes: key.scopes.map(scopeOnWire) } } }
}
