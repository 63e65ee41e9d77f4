import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { makeManualClock, systemClock } from '#kit'
import { type Connect, connectToOneOf } from '../../src/market/notify/dial.ts'
import { Sender, type Sent } from '../../src/market/notify/sender.ts'
import { makeAuthority, makeCertificate } from '../support/certificates.ts'
import { goodAnswer, type RawReceiver, spellAnswer, startRawReceiver } from '../support/raw-receiver.ts'

type SenderOptions = ConstructorParameters<typeof Sender>[0]

function makeSender(options: Partial<SenderOptions> = {}): Sender {
  const sender = new Sender({ arePrivateAllowed: true, version: '1.2.3', clock: systemClock, ...options })
  onTestFinished(() => sender.close())
  return sender
}

const secrets = [Buffer.from('the new secret'), Buffer.from('the old secret')]
const notice = { id: 'a-delivery', body: '{"имя":"Ж"}', timeoutMs: 5_000 }
const outcomeOf = ({ durationMs: _, ...outcome }: Sent) => outcome
const send = async (sender: Sender, url: string) => outcomeOf(await sender.send({ url, secrets }, notice))
const failed = (failure: string, status?: number) => ({ outcome: 'failed', failure, ...(status && { status }) })

describe('a notification', () => {
  test('goes to the exact URL, as JSON, traced and signed', async () => {
    const receiver = await startRawReceiver()

    const sent = await makeSender().send({ url: `${receiver.url}a/б?x=1&y=%20`, secrets }, notice)

    expect(sent).toEqual({ outcome: 'delivered', status: 200, durationMs: expect.any(Number) })
    const [head = '', body = ''] = receiver.requests[0]?.split('\r\n\r\n') ?? []
    expect(head.split('\r\n')[0]).toBe('POST /a/%D0%B1?x=1&y=%20 HTTP/1.1')
    const lines = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map(line => line.split(': ', 2)),
    )
    expect(lines).toMatchObject({
      host: `127.0.0.1:${receiver.port}`,
      'content-type': 'application/json',
      'user-agent': 'Prilavok/1.2.3',
      'accept-encoding': 'identity',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      'webhook-id': 'a-delivery',
    })
    expect(Buffer.from(body, 'latin1').toString()).toBe(notice.body)
  })

  /** As the text of Standard Webhooks says it to receivers: any one of the signatures may match. */
  function isSignedWith(secret: Buffer, head: string, body: string): boolean {
    const [id, timestamp, list] = ['id', 'timestamp', 'signature'].map(
      name => new RegExp(`^webhook-${name}: (.*)$`, 'm').exec(head)?.[1]?.trim() ?? '',
    )
    const mine = createHmac('sha256', secret)
      .update(Buffer.from(`${id}.${timestamp}.${body}`))
      .digest('base64')
    return (list ?? '').split(' ').some(item => item === `v1,${mine}`)
  }

  test('is signed with each secret that is valid, at the time of the machine and not of the market', async () => {
    const receiver = await startRawReceiver()
    const clock = makeManualClock(new Date('2001-01-01T00:00:00Z'))
    const now = () => Math.floor(systemClock.now().getTime() / 1000)
    const earliest = now()

    await send(makeSender({ clock }), receiver.url)

    const [head = ''] = receiver.requests[0]?.split('\r\n\r\n') ?? []
    expect(secrets.map(secret => isSignedWith(secret, head, notice.body))).toEqual([true, true])
    expect(isSignedWith(Buffer.from('another'), head, notice.body)).toBe(false)
    expect(isSignedWith(Buffer.from('the new secret'), head, `${notice.body} `)).toBe(false)
    const timestamp = Number(/webhook-timestamp: (\d+)/.exec(head)?.[1])
    expect(timestamp).toBeGreaterThanOrEqual(earliest)
    expect(timestamp).toBeLessThanOrEqual(now())
  })
})

const bodyOf = (change: object) => ({ body: JSON.stringify({ ...goodAnswer, ...change }) })
const typed = (type: string) => ({ headers: { 'content-type': type } })
const chunked = (body: string) =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`
const delivered = { outcome: 'delivered', status: 200 }
const json = JSON.stringify(goodAnswer)
const padded = (bytes: number) => json + ' '.repeat(bytes - Buffer.byteLength(json))
const huge = `"${'x'.repeat(64 * 1024)}"`

test.each<[title: string, answer: string, outcome: object]>([
  ['a good answer', spellAnswer(), delivered],
  ['one in chunks', chunked(json), delivered],
  ['one with more in it than asked', spellAnswer(bodyOf({ more: { is: ['fine'] } })), delivered],
  ['one of 64 KB', spellAnswer({ body: padded(64 * 1024) }), delivered],
  ['a type with a charset', spellAnswer(typed('Application/JSON; charset=utf-8')), delivered],
  ['a type of the JSON kind', spellAnswer(typed('application/problem+json')), delivered],
  ['an empty type', spellAnswer(typed('')), delivered],
  ['no type', `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`, delivered],
  ['a time with an offset', spellAnswer(bodyOf({ time: '2025-01-16T13:09:49+03:00' })), delivered],
  ['a hint before the answer', `HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n${spellAnswer()}`, delivered],
  ['another type', spellAnswer(typed('text/html')), failed('UNSUPPORTED_MEDIA_TYPE', 200)],
  ['plain text', spellAnswer(typed('text/plain')), failed('UNSUPPORTED_MEDIA_TYPE', 200)],
  ['a type that only begins like JSON', spellAnswer(typed('application/jsonp')), failed('UNSUPPORTED_MEDIA_TYPE', 200)],
  ['no body', spellAnswer({ body: '' }), failed('CANT_PARSE_RESPONSE', 200)],
  ['broken JSON', spellAnswer({ body: '{"version":' }), failed('CANT_PARSE_RESPONSE', 200)],
  ['JSON of 65 537 bytes', spellAnswer({ body: padded(64 * 1024 + 1) }), failed('CANT_PARSE_RESPONSE', 200)],
  ['more than 64 KB in one chunk', chunked(huge), failed('CANT_PARSE_RESPONSE', 200)],
  ['JSON a thousand levels deep', spellAnswer({ body: '['.repeat(5_000) }), failed('CANT_PARSE_RESPONSE', 200)],
  [
    'what says that it is packed',
    spellAnswer({ headers: { 'content-encoding': 'gzip' }, body: '\x1f\x8b\x08\x00bomb' }),
    failed('CANT_PARSE_RESPONSE', 200),
  ],
  ['a list', spellAnswer({ body: '[]' }), failed('INVALID_DATA', 200)],
  ['no version', spellAnswer(bodyOf({ version: undefined })), failed('INVALID_DATA', 200)],
  ['an empty name', spellAnswer(bodyOf({ name: '' })), failed('INVALID_DATA', 200)],
  ['a name of 101 characters', spellAnswer(bodyOf({ name: 'n'.repeat(101) })), failed('INVALID_DATA', 200)],
  ['a number for a version', spellAnswer(bodyOf({ version: 1 })), failed('INVALID_DATA', 200)],
  ['a time that is none', spellAnswer(bodyOf({ time: 'yesterday' })), failed('INVALID_DATA', 200)],
  ['a time that is a number', spellAnswer(bodyOf({ time: '1' })), failed('INVALID_DATA', 200)],
  ['a day that no year has', spellAnswer(bodyOf({ time: '2025-13-45T10:00:00Z' })), failed('INVALID_DATA', 200)],
  ['400', spellAnswer({ status: '400 Bad Request', body: '' }), { outcome: 'refused', status: 400 }],
  ['400 in HTML', spellAnswer({ status: '400 No', ...typed('text/html') }), { outcome: 'refused', status: 400 }],
  ['201', spellAnswer({ status: '201 Created' }), failed('HTTP', 201)],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n', failed('HTTP', 204)],
  ['304', 'HTTP/1.1 304 Not Modified\r\n\r\n', failed('HTTP', 304)],
  ['401', spellAnswer({ status: '401 Unauthorized' }), failed('HTTP', 401)],
  ['404', spellAnswer({ status: '404 Not Found', ...typed('text/html') }), failed('HTTP', 404)],
  ['410', spellAnswer({ status: '410 Gone' }), failed('HTTP', 410)],
  ['429', spellAnswer({ status: '429 Too Many' }), failed('HTTP', 429)],
  ['500', spellAnswer({ status: '500 Oops' }), failed('HTTP', 500)],
  ['503', spellAnswer({ status: '503 Later', headers: { 'retry-after': '1' } }), failed('HTTP', 503)],
  ['a status of no class', spellAnswer({ status: '999 What' }), failed('HTTP', 999)],
  ['another protocol', 'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\nx', failed('HTTP', 101)],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', failed('CANT_PARSE_RESPONSE')],
  [
    'lengths that contradict each other',
    spellAnswer({ headers: { 'Content-Length': '1' } }),
    failed('CANT_PARSE_RESPONSE'),
  ],
  ['headers of a megabyte', spellAnswer({ headers: { x: 'x'.repeat(1e6) } }), failed('CANT_PARSE_RESPONSE')],
])('%s is understood', async (_title, answer, outcome) => {
  const receiver = await startRawReceiver({ respond: socket => socket.write(answer) })

  expect(await send(makeSender(), receiver.url)).toEqual(outcome)
  expect(receiver.requests).toHaveLength(1)
})

test.each<[title: string, respond: (socket: Socket) => void, outcome: object]>([
  ['hangs up without a word', socket => socket.end(), failed('CONNECTION_REFUSED')],
  ['resets without a word', socket => socket.resetAndDestroy(), failed('CONNECTION_REFUSED')],
  ['hangs up in the head', socket => socket.end('HTTP/1.1 200 OK\r\ncontent-'), failed('CONNECTION_REFUSED')],
  ['hangs up in the body', socket => socket.end(spellAnswer().slice(0, -5)), failed('CANT_PARSE_RESPONSE', 200)],
  [
    'ends its answer by hanging up, as HTTP/1.0 does',
    socket => socket.end(`HTTP/1.0 200 OK\r\n\r\n${json}`),
    delivered,
  ],
  ['answers and hangs up at once', socket => socket.end(spellAnswer()), delivered],
])('a receiver that %s', async (_title, respond, outcome) => {
  const receiver = await startRawReceiver({ respond })

  expect(await send(makeSender(), receiver.url)).toEqual(outcome)
  expect(receiver.connections).toHaveLength(1)
})

test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async status => {
  const elsewhere = await startRawReceiver()
  const places = [elsewhere.url, 'http://169.254.169.254/latest/meta-data/', '//127.0.0.1/', '/']
  for (const location of places) {
    const answer = spellAnswer({ status: `${status} Go`, headers: { location }, body: '' })
    const receiver = await startRawReceiver({ respond: socket => socket.write(answer) })

    expect(await send(makeSender(), receiver.url)).toEqual(failed('HTTP', status))
    expect(receiver.requests).toHaveLength(1)
  }
  expect(elsewhere.connections).toHaveLength(0)
})

describe('who cannot be reached', () => {
  test('for nobody listens', async () => {
    expect(await send(makeSender(), 'http://127.0.0.1:1/')).toEqual(failed('CONNECTION_REFUSED'))
  })

  test('for nobody answered for so long that the system gave up', async () => {
    const connect = () => new Socket().destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' }))
    expect(await send(makeSender({ connect }), 'http://127.0.0.1/')).toEqual(failed('CONNECTION_TIMED_OUT'))
  })

  test('for the name is unknown', async () => {
    const resolve = () => Promise.reject(new Error('ENOTFOUND'))
    expect(await send(makeSender({ resolve }), 'http://no.example/')).toEqual(failed('CONNECTION_REFUSED'))
    expect(await send(makeSender(), 'http://nobody.invalid/')).toEqual(failed('CONNECTION_REFUSED'))
  })

  test('at the first of several addresses is tried at the next', async () => {
    const receiver = await startRawReceiver()
    const resolve = async () => ['::1', '127.0.0.1']
    expect(await send(makeSender({ resolve }), `http://two.example:${receiver.port}/`)).toEqual(delivered)
  })

  test('for the URL is none that a subscription may have', async () => {
    for (const url of ['', 'shop', 'ftp://shop.example/', 'http://a:b@127.0.0.1/', 'file:///etc/passwd'])
      expect(await send(makeSender(), url)).toEqual(failed('ADDRESS_NOT_ALLOWED'))
  })
})

describe('the deadline', () => {
  const timeoutMs = 10_000
  const start = (options: Partial<SenderOptions>, url: string) => {
    const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
    const sent = makeSender({ clock, ...options }).send({ url, secrets }, { ...notice, timeoutMs })
    return { clock, sent }
  }
  const late = (failure: string) => ({ outcome: 'failed', failure, durationMs: timeoutMs })

  test('passes while a name is looked up', async () => {
    const { clock, sent } = start({ resolve: () => new Promise(() => {}) }, 'http://slow.example/')
    clock.advance(timeoutMs)
    expect(await sent).toEqual(late('CONNECTION_TIMED_OUT'))
  })

  test('that passed before a name was found connects to nobody', async () => {
    const found = Promise.withResolvers<string[]>()
    const asked: (readonly string[])[] = []
    const connect = (addresses: readonly string[]) => {
      asked.push(addresses)
      return new Socket()
    }
    const { clock, sent } = start({ resolve: () => found.promise, connect }, 'http://slow.example/')
    clock.advance(timeoutMs)
    await sent
    found.resolve(['127.0.0.1'])
    await setImmediate()
    expect(asked).toEqual([])
  })

  test('passes while nobody takes the connection, which is given up', async () => {
    const socket = new Socket()
    const asked = Promise.withResolvers<void>()
    const connect = () => {
      asked.resolve()
      return socket
    }
    const { clock, sent } = start({ connect }, 'http://127.0.0.1/')
    await asked.promise
    clock.advance(timeoutMs)
    expect(await sent).toEqual(late('CONNECTION_TIMED_OUT'))
    await vi.waitFor(() => expect(socket.destroyed).toBe(true), { timeout: 30_000 })
  })

  test('passes while no answer comes, and not a moment before', async () => {
    const receiver = await startRawReceiver({ respond: () => {} })
    const { clock, sent } = start({}, receiver.url)
    await receiver.received(1)
    clock.advance(timeoutMs - 1)
    expect(clock.nextAt()).toBeDefined()
    clock.advance(1)
    expect(await sent).toEqual(late('READ_TIMED_OUT'))
    await once(receiver.connections[0] ?? fail(), 'close')
  })

  test('is one for the whole answer, however it drips', async () => {
    const receiver = await startRawReceiver({ respond: () => {} })
    const { clock, sent } = start({}, receiver.url)
    await receiver.received(1)
    const [socket = fail()] = receiver.connections
    for (const letter of spellAnswer().slice(0, 10)) {
      await new Promise(resolve => socket.write(letter, resolve))
      clock.advance(timeoutMs / 10)
    }
    expect(await sent).toEqual(late('READ_TIMED_OUT'))
  })

  test('passes in the middle of a body', async () => {
    const receiver = await startRawReceiver({ respond: socket => socket.write(spellAnswer().slice(0, -5)) })
    const { clock, sent } = start({}, receiver.url)
    await receiver.received(1)
    clock.advance(timeoutMs)
    expect(await sent).toEqual(late('READ_TIMED_OUT'))
  })

  test('that did not pass leaves nothing waiting', async () => {
    const receiver = await startRawReceiver()
    const { clock, sent } = start({}, receiver.url)
    expect(outcomeOf(await sent)).toEqual(delivered)
    expect(clock.nextAt()).toBeUndefined()
  })
})

function fail(): never {
  throw new Error('nobody has connected')
}

describe('an attempt is interrupted', () => {
  test.each(['by its caller', 'by the end of the sender'])('%s', async who => {
    const receiver = await startRawReceiver({ respond: () => {} })
    const sender = makeSender({ clock: makeManualClock(new Date()) })
    const caller = new AbortController()
    const sent = sender.send({ url: receiver.url, secrets }, { ...notice, signal: caller.signal })
    await receiver.received(1)

    await (who === 'by its caller' ? caller.abort() : sender.close())

    expect(outcomeOf(await sent)).toEqual(failed('INTERRUPTED'))
    await once(receiver.connections[0] ?? fail(), 'close')
  })

  test('before it began', async () => {
    const receiver = await startRawReceiver()
    const sender = makeSender()
    const sent = await sender.send({ url: receiver.url, secrets }, { ...notice, signal: AbortSignal.abort() })
    await sender.close()

    expect(outcomeOf(sent)).toEqual(failed('INTERRUPTED'))
    expect(await send(sender, receiver.url)).toEqual(failed('INTERRUPTED'))
    expect(receiver.requests).toHaveLength(0)
  })
})

describe('a connection', () => {
  const answersOnce = (receiver: RawReceiver, second: (socket: Socket) => void) => {
    receiver.respond = socket => {
      if (receiver.requests.length === 2) second(socket)
      else socket.write(spellAnswer())
    }
  }

  test('is kept for the next notification to the same place, and not for long', async () => {
    const receiver = await startRawReceiver()
    const sender = makeSender()
    for (const path of ['', 'other', '?x']) expect(await send(sender, receiver.url + path)).toEqual(delivered)
    expect(receiver.connections).toHaveLength(1)
    await once(receiver.connections[0] ?? fail(), 'close')
  })

  test('that was kept and cut without a word is replaced once', async () => {
    for (const cut of [(socket: Socket) => socket.resetAndDestroy(), (socket: Socket) => socket.end()]) {
      const receiver = await startRawReceiver()
      answersOnce(receiver, cut)
      const sender = makeSender()
      expect(await send(sender, receiver.url)).toEqual(delivered)
      expect(await send(sender, receiver.url)).toEqual(delivered)
      expect(receiver.requests).toHaveLength(3)
      expect(receiver.connections).toHaveLength(2)
    }
  })

  test('that was kept and cut after a byte of the answer is not', async () => {
    const receiver = await startRawReceiver()
    answersOnce(receiver, socket => socket.end('H'))
    const sender = makeSender()
    await send(sender, receiver.url)
    expect(await send(sender, receiver.url)).toEqual(failed('CONNECTION_REFUSED'))
    expect(receiver.requests).toHaveLength(2)
  })

  test('that is replaced has no deadline of its own', async () => {
    const receiver = await startRawReceiver()
    const clock = makeManualClock(new Date())
    const sender = makeSender({ clock })
    await send(sender, receiver.url)
    receiver.respond = socket => receiver.requests.length === 2 && socket.resetAndDestroy()
    const sent = send(sender, receiver.url)
    await receiver.received(2)
    clock.advance(notice.timeoutMs / 2)
    await receiver.received(3)
    clock.advance(notice.timeoutMs / 2)
    expect(await sent).toEqual(failed('READ_TIMED_OUT'))
  })

  test('on which an answer goes on after its status was enough is cut', async () => {
    const endless = spellAnswer({ status: '500 Oops', headers: { 'content-length': '1000000000' } })
    const receiver = await startRawReceiver({ respond: socket => socket.write(endless) })
    expect(await send(makeSender(), receiver.url)).toEqual(failed('HTTP', 500))
    await once(receiver.connections[0] ?? fail(), 'close')
  })

  test('that was kept and is silent is not replaced when the time is over', async () => {
    const receiver = await startRawReceiver()
    const clock = makeManualClock(new Date())
    const lookedUp: string[] = []
    const resolve = async (name: string) => {
      lookedUp.push(name)
      return ['127.0.0.1']
    }
    const sender = makeSender({ clock, resolve })
    const url = `http://shop.example:${receiver.port}/`
    await send(sender, url)
    receiver.respond = () => {}
    const sent = send(sender, url)
    await receiver.received(2)
    clock.advance(notice.timeoutMs)

    expect(await sent).toEqual(failed('READ_TIMED_OUT'))
    await once(receiver.connections[0] ?? fail(), 'close')
    await setImmediate()
    expect(lookedUp).toHaveLength(1)
  })

  test('without TLS is not used for a URL with it', async () => {
    const receiver = await startRawReceiver()
    const clock = makeManualClock(new Date())
    const sender = makeSender({ clock })
    expect(await send(sender, receiver.url)).toEqual(delivered)
    const sent = send(sender, receiver.url.replace('http:', 'https:'))
    await vi.waitFor(() => expect(receiver.connections).toHaveLength(2), { timeout: 30_000 })
    clock.advance(notice.timeoutMs)
    await sent
    expect(receiver.requests).toHaveLength(1)
  })

  test('that is kept ends with the sender', async () => {
    const receiver = await startRawReceiver()
    const sockets: Socket[] = []
    const connect: Connect = (addresses, port) => {
      const socket = connectToOneOf(addresses, port)
      sockets.push(socket)
      return socket
    }
    const sender = makeSender({ connect })
    await send(sender, receiver.url)
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false])
    await sender.close()
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true])
  })

  test('that replaces one is new, even where others were kept', async () => {
    const receiver = await startRawReceiver({ respond: () => {} })
    const sender = makeSender()
    const both = [send(sender, receiver.url), send(sender, receiver.url)]
    await receiver.received(2)
    const first = receiver.connections.slice()
    for (const socket of first) socket.write(spellAnswer())
    expect(await Promise.all(both)).toEqual([delivered, delivered])
    receiver.respond = socket => (first.includes(socket) ? socket.resetAndDestroy() : socket.write(spellAnswer()))

    expect(await send(sender, receiver.url)).toEqual(delivered)
  })
})

describe('TLS', () => {
  const authority = makeAuthority('an authority of the tests')
  const good = makeCertificate({ names: ['127.0.0.1', 'shop.example'] }, authority)
  const resolve = async () => ['127.0.0.1']
  const trusting = { ca: authority.cert, resolve }

  test('is spoken with who shows a good certificate, by address and by name, and kept', async () => {
    const receiver = await startRawReceiver({ tls: good })
    const sender = makeSender(trusting)
    expect(await send(sender, receiver.url)).toEqual(delivered)
    for (const host of ['shop.example', 'shop.example', 'SHOP.example.'])
      expect(await send(sender, `https://${host}:${receiver.port}/`)).toEqual(delivered)
    expect(receiver.connections).toHaveLength(3)
  })

  test('tells the name it wants to speak to', async () => {
    const told: string[] = []
    const SNICallback = (name: string, done: (error: null) => void) => {
      told.push(name)
      done(null)
    }
    const receiver = await startRawReceiver({ tls: { ...good, SNICallback } })
    expect(await send(makeSender(trusting), `https://shop.example.:${receiver.port}/`)).toEqual(delivered)
    expect(told).toEqual(['shop.example'])
  })

  test('that was kept and cut is replaced', async () => {
    const receiver = await startRawReceiver({ tls: good })
    receiver.respond = socket => (receiver.requests.length === 2 ? socket.end() : socket.write(spellAnswer()))
    const sender = makeSender(trusting)
    expect(await send(sender, receiver.url)).toEqual(delivered)
    expect(await send(sender, receiver.url)).toEqual(delivered)
    expect(receiver.connections).toHaveLength(2)
  })

  const past = { validFrom: new Date('2020-01-01T00:00:00Z'), validUntil: new Date('2021-01-01T00:00:00Z') }
  const future = { validFrom: new Date('2090-01-01T00:00:00Z'), validUntil: new Date('2091-01-01T00:00:00Z') }
  const names = ['127.0.0.1', 'shop.example']
  test.each([
    ['signed by itself', makeCertificate({ names })],
    ['of another name', makeCertificate({ names: ['other.example', '127.0.0.2'] }, authority)],
    ['that is over', makeCertificate({ names, ...past }, authority)],
    ['that has not begun', makeCertificate({ names, ...future }, authority)],
    ['of an unknown authority', makeCertificate({ names }, makeAuthority('an authority of the tests'))],
  ])('is not spoken with a certificate %s, whatever the environment says', async (_title, certificate) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    const receiver = await startRawReceiver({ tls: certificate })
    for (const url of [receiver.url, `https://shop.example:${receiver.port}/`])
      expect(await send(makeSender(trusting), url)).toEqual(failed('SSL_ERROR'))
    expect(receiver.requests).toHaveLength(0)
  })

  test('needs version 1.2 at least, and no certificate of ours', async () => {
    const old = await startRawReceiver({
      tls: { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    })
    const curious = await startRawReceiver({ tls: { ...good, requestCert: true, ca: authority.cert } })
    expect(await send(makeSender(trusting), old.url)).toEqual(failed('SSL_ERROR'))
    expect(await send(makeSender(trusting), curious.url)).toEqual(failed('SSL_ERROR'))
  })

  test.each<[title: string, greet: (socket: Socket) => void]>([
    ['speaks HTTP instead', socket => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['hangs up', socket => socket.end()],
    ['resets', socket => socket.once('data', () => socket.resetAndDestroy())],
  ])('fails with who %s', async (_title, greet) => {
    const receiver = await startRawReceiver({ greet })
    expect(await send(makeSender(trusting), receiver.url.replace('http:', 'https:'))).toEqual(failed('SSL_ERROR'))
  })

  test('that is never agreed upon is silence', async () => {
    const clock = makeManualClock(new Date())
    const silent = await startRawReceiver()
    const sent = send(makeSender({ ...trusting, clock }), silent.url.replace('http:', 'https:'))
    await vi.waitFor(() => expect(silent.heardBytes()).toBeGreaterThan(0), { timeout: 30_000 })
    clock.advance(notice.timeoutMs)
    expect(await sent).toEqual(failed('READ_TIMED_OUT'))
    await once(silent.connections[0] ?? fail(), 'close')
  })
})
