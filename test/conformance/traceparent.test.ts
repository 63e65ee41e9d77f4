import { expect, test } from 'vitest'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const trace = (traceparent?: string) =>
  ask(`${market.url}/v2/campaigns`, { headers: traceparent === undefined ? {} : { traceparent } })
const id = '4bf92f3577b34da6a3ce929d0e0e4736'

test('a valid traceparent goes on under a span of ours', async () => {
  const reply = await trace(`00-${id}-00f067aa0ba902b7-00`)

  expect(reply.headers.get('traceparent')).toMatch(new RegExp(`^00-${id}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`))
})

test.each([
  'nonsense',
  `00-${id}-00f067aa0ba902b7`,
  `01-${id}-00f067aa0ba902b7-01`,
  `00-${id.toUpperCase()}-00f067aa0ba902b7-01`,
  `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  `00-${id}-${'0'.repeat(16)}-01`,
])('traceparent %s is replaced', async incoming => {
  const traceparent = (await trace(incoming)).headers.get('traceparent') ?? ''

  expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  expect(traceparent).not.toContain(id)
})

test('no two answers have the same traceparent', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => trace()))

  expect(new Set(replies.map(reply => reply.headers.get('traceparent'))).size).toBe(20)
})
