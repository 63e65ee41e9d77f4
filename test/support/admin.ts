import { ask, type Reply } from './http.ts'
import type { TestMarket } from './test-market.ts'

type At = Pick<TestMarket, 'url' | 'adminToken'>
type Call = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** Calls `/admin/v1<path>` as whoever runs the market: `askAdmin(market, 'POST /businesses', {…})`. */
export function askAdmin({ url, adminToken }: At, call: Call, json?: unknown): Promise<Reply> {
  const [method = '', path = ''] = call.split(' ')
  return ask(`${url}/admin/v1${path}`, { method, headers: { authorization: `Bearer ${adminToken}` }, json })
}

/** The same for making what a test needs: anything but success is an error. */
export async function askAdminFor<Body>(market: At, call: Call, json?: unknown): Promise<Body> {
  const reply = await askAdmin(market, call, json)
  if (reply.status >= 300) throw new Error(`${call} answered ${reply.status} ${reply.text}`)
  return reply.body as Body // as the caller knows the operation
}

/** What of a problem tells one refusal from another. */
export function problemOf({ status, headers, body }: Reply) {
  const problem = body as { detail: string; errors?: unknown } // as every refusal of these APIs
  return { ...problem, status, media: headers.get('content-type') }
}
