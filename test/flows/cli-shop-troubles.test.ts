import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headers } from '#contract'
import { startAnsweringServer } from '../support/answering-server.ts'
import { prilavok } from '../support/command.ts'

const access = { PRILAVOK_API_KEY: `ACMA:${'a'.repeat(40)}:01234567`, PRILAVOK_BUSINESS_ID: '1', LC_ALL: 'C' }
const at = '2026-11-28T12:00:00+03:00'
const chat = { chatId: 33, context: { type: 'DIRECT' }, type: 'CHAT', status: 'NEW', createdAt: at, updatedAt: at }
const messageOf = (messageId: number, message: string) => ({ messageId, createdAt: at, sender: 'CUSTOMER', message })

function answer(response: ServerResponse, result: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 'OK', result }))
}

/** The hour is used up; it ends in so long. */
function refuseForHour(response: ServerResponse, endsInMs: number): void {
  const until = new Date(Date.now() + endsInMs).toUTCString()
  const told = { [headers.limit]: '5000', [headers.remaining]: '0', [headers.until]: until }
  const errors = [{ code: 'LIMIT_EXCEEDED', message: 'Hit rate limit of 5000 requests per 1 hour' }]
  response.writeHead(420, told).end(JSON.stringify({ status: 'ERROR', errors }))
}

test('a history that is followed outlives a market that is away, and says so once', async () => {
  let readings = 0
  const reply = ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    if (!url.includes('/history')) return answer(response, chat)
    // The second reading fails with all its attempts.
    if (++readings > 1 && readings <= 5) return response.destroy()
    const messages = readings === 1 ? [messageOf(1, 'one')] : [messageOf(1, 'one'), messageOf(2, 'two')]
    answer(response, { context: chat.context, messages, paging: {} })
  }
  const { url } = await startAnsweringServer(reply)
  const running = prilavok(['history', '33', '--follow', '--every', '1'], { ...access, PRILAVOK_URL: url })
  await running.linesUntil('two')
  running.child.kill('SIGINT')

  const { code, out, err } = await running.ended
  expect(code).toBe(130)
  expect(out.match(/one|two/g)).toEqual(['one', 'two'])
  expect(err).toMatch(/^prilavok: The market at \S+ cannot be reached \(.*\).* Trying again\.\n$/)
})

test('a command that waits for the end of the hour says why and until when', async () => {
  let asked = 0
  const { url } = await startAnsweringServer((_request, response) => {
    if (++asked === 1) return refuseForHour(response, 2_000)
    answer(response, { chats: [chat], paging: {} })
  })
  const { code, out, err } = await prilavok(['chats', 'list', '--json'], { ...access, PRILAVOK_URL: url }).ended

  expect({ code, lines: out.split('\n').length }).toEqual({ code: 0, lines: 1 })
  expect(err).toMatch(/^prilavok: The hourly limit of getChats is reached; it goes on at \d\d:\d\d. Ctrl-C stops.\n$/)
})

test('the doctor tells of an hour that is used up, and does not wait for it', async () => {
  const { url } = await startAnsweringServer((_request, response) => refuseForHour(response, 50 * 60_000))
  const { code, out } = await prilavok(['doctor'], { ...access, PRILAVOK_URL: url }).ended

  expect(code).toBe(1)
  expect(out).toMatch(/✗ Key +The limit of calls is reached: try again after \d\d:\d\d/)
})

test.each([
  ['help', ['export', '--help']],
  ['profiles', ['profiles', '--help']],
])('whoever stops reading the %s hears no complaint', async (_what, args) => {
  const main = join(import.meta.dirname, '../../src/cli/main.ts')
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', data => {
    err += data
  })
  const [code] = await once(child, 'close')

  expect({ code, err }).toEqual({ code: 0, err: '' })
})
