import { connect, Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { domainToASCII } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '#kit'
import { type Connect, connectToOneOf } from '../../src/market/notify/dial.ts'
import { makePublicResolve, type Resolve } from '../../src/market/notify/resolve.ts'
import { Sender } from '../../src/market/notify/sender.ts'
import { checkWebhookUrl } from '../../src/market/notify/webhook-url.ts'
import { makeAuthority, makeCertificate } from '../support/certificates.ts'
import { startNameServer } from '../support/name-server.ts'
import { type RawReceiver, startRawReceiver } from '../support/raw-receiver.ts'
import { type Attack, literals, names, publicAddresses } from '../support/ssrf-corpus.ts'

const secrets = [Buffer.from('secret')]
const notice = { id: 'a-delivery', body: '{}', timeoutMs: 10_000 }
const refused = { outcome: 'failed', failure: 'ADDRESS_NOT_ALLOWED', durationMs: expect.any(Number) }

type Options = Partial<ConstructorParameters<typeof Sender>[0]>

function makeWalledSender(options: Options): Sender {
  const sender = new Sender({ arePrivateAllowed: false, version: '1', clock: systemClock, ...options })
  onTestFinished(() => sender.close())
  return sender
}

/** Listeners on one port of every local address; whoever passes the wall arrives here, whatever port he asked for. */
async function startTrap() {
  const own = Object.values(networkInterfaces()).flatMap(found => found ?? [])
  const hosts = own.filter(({ scopeid }) => !scopeid).map(({ address }) => address)
  const listeners: RawReceiver[] = []
  for (const host of hosts) listeners.push(await startRawReceiver({ host, port: listeners[0]?.port ?? 0 }))
  const asked: string[] = []
  const trap: Connect = addresses => {
    asked.push(...addresses)
    // Nobody is really called: a public machine of this test refuses.
    if (addresses.some(address => publicAddresses.includes(address))) return new Socket().destroy(new Error('refused'))
    return connectToOneOf(addresses, listeners[0]?.port ?? 0)
  }
  return {
    connect: trap,
    asked,
    hosts,
    caught: () => listeners.reduce((sum, { connections }) => sum + connections.length, 0),
  }
}

test('the trap catches: without the wall, local addresses are reached', async () => {
  const trap = await startTrap()
  expect(trap.hosts).toContain('127.0.0.1')
  const sender = makeWalledSender({ ...trap, arePrivateAllowed: true })
  for (const host of trap.hosts) {
    const url = `http://${host.includes(':') ? `[${host}]` : host}/`
    expect(await sender.send({ url, secrets }, notice)).toMatchObject({ outcome: 'delivered' })
  }
  expect(trap.caught()).toBe(trap.hosts.length)
})

describe('the corpus', () => {
  async function attack(attacks: readonly Attack[]) {
    const trap = await startTrap()
    const lookedUp: string[] = []
    const found = new Map(attacks.map(({ url, answers = [] }) => [URL.parse(url)?.hostname, answers]))
    const resolve: Resolve = async name => {
      lookedUp.push(name)
      return found.get(name) ?? []
    }
    const sender = makeWalledSender({ ...trap, resolve })
    const passed: string[] = []
    for (const { url } of attacks) {
      const sent = await sender.send({ url, secrets }, notice)
      if (sent.outcome !== 'failed' || sent.failure !== 'ADDRESS_NOT_ALLOWED') passed.push(url)
    }
    return { passed, asked: trap.asked, caught: trap.caught(), lookedUp }
  }

  test('has four hundred different URLs and more', () => {
    expect(new Set([...literals, ...names].map(({ url }) => url)).size).toBeGreaterThan(1000)
    expect(new Set(literals.map(({ url }) => URL.parse(url)?.hostname)).size).toBeGreaterThan(400)
  })

  test('of literal addresses reaches nobody, and no name is looked up', async () => {
    expect(await attack(literals)).toEqual({ passed: [], asked: [], caught: 0, lookedUp: [] })
  })

  test('of names that lead to such addresses reaches nobody', async () => {
    const { lookedUp, ...outcome } = await attack(names)
    expect(outcome).toEqual({ passed: [], asked: [], caught: 0 })
    expect(lookedUp).toHaveLength(names.length)
  })

  test('of literal addresses is refused with a sentence when a subscription is made', () => {
    const accepted = literals.filter(({ url }) => checkWebhookUrl(url, false) === undefined)
    expect(accepted).toEqual([])
  })

  test("of this machine's own addresses reaches nobody", async () => {
    const own = Object.values(networkInterfaces()).flatMap(found => found ?? [])
    const urls = own.map(({ address, family }) => ({ url: `https://${family === 'IPv6' ? `[${address}]` : address}/` }))
    expect(await attack(urls)).toEqual({ passed: [], asked: [], caught: 0, lookedUp: [] })
  })
})

const good4 = '8.8.8.8'
const good6 = '2a02:6b8::2:242'
/** What a name server says at each lookup; the last is said ever after. */
const rebinding: [title: string, ...answers: string[][]][] = [
  ['public, then loopback', [good4], ['127.0.0.1']],
  ['public twice, then loopback', [good4], [good4], ['127.0.0.1']],
  ['loopback, then public', ['127.0.0.1'], [good4]],
  ['to and fro', [good4], ['127.0.0.1'], [good4], ['127.0.0.1'], [good4]],
  ['public, then IPv6 loopback', [good4], ['::1']],
  ['IPv6, then loopback', [good6], ['127.0.0.1']],
  ['IPv6, then IPv6 loopback', [good6], ['::1']],
  ['public, then metadata', [good4], ['169.254.169.254']],
  ['public, then private', [good4], ['10.0.0.1'], ['172.16.0.1'], ['192.168.0.1']],
  ['public, then unique local', [good6], ['fd00::1']],
  ['public, then unspecified', [good4], ['0.0.0.0']],
  ['public, then IPv6 unspecified', [good4], ['::']],
  ['public, then mapped', [good4], ['::ffff:127.0.0.1']],
  ['public, then NAT64', [good6], ['64:ff9b::7f00:1']],
  ['public, then 6to4', [good6], ['2002:7f00:1::']],
  ['public, then Teredo', [good6], ['2001:0:4136:e378:8000:63bf:80ff:fffe']],
  ['public, then link-local with a zone', [good6], ['fe80::1%lo']],
  ['loopback after public in one answer', [good4, '127.0.0.1']],
  ['loopback before public in one answer', ['127.0.0.1', good4]],
  ['loopback between public ones', [good4, '127.0.0.1', good6]],
  ['IPv6 loopback before a public IPv4', ['::1', good4]],
  ['a private IPv4 before a public IPv6', ['10.0.0.1', good6]],
  ['many loopbacks and one public', ['127.0.0.1', '127.0.0.2', '::1', '127.1.1.1', good4]],
  ['a mixed answer, then loopback alone', [good4, '127.0.0.1'], ['127.0.0.1']],
  ['a public answer, then nothing, then loopback', [good4], [], ['127.0.0.1']],
  ['both families public, then one loopback', [good4, good6], [good4, '::1'], ['127.0.0.1', good6]],
  ['texts that are no addresses', [good4], ['127.1'], ['0x7f.1'], ['localhost'], ['2130706433']],
  [
    'the address of this machine',
    [good4],
    Object.values(networkInterfaces()).flatMap(f => f?.map(i => i.address) ?? []),
  ],
]

describe('a name that changes its mind', () => {
  test('does so in more than twenty ways', () => {
    expect(rebinding.length).toBeGreaterThan(20)
  })

  test.each(rebinding)('%s', async (_title, ...answers) => {
    const trap = await startTrap()
    let turn = 0
    const resolve: Resolve = async () => answers[Math.min(turn++, answers.length - 1)] ?? []
    const sender = makeWalledSender({ ...trap, resolve })

    const outcomes = []
    for (let i = 0; i < answers.length + 1; i++)
      outcomes.push(await sender.send({ url: 'https://shop.example/', secrets }, notice))

    const said = [...answers, answers.at(-1) ?? []]
    const isGood = (text: string) => publicAddresses.includes(text)
    expect(trap.asked).toEqual(said.flat().filter(isGood))
    expect(outcomes).toMatchObject(
      said.map(answer => ({ failure: answer.some(isGood) ? 'CONNECTION_REFUSED' : 'ADDRESS_NOT_ALLOWED' })),
    )
    expect(trap.caught()).toBe(0)
  })

  test('in the packets of a name server, which are asked anew for each connection', async () => {
    const trap = await startTrap()
    const server = await startNameServer([[good4], ['127.0.0.1'], [good6, '::1'], ['::1'], [good4, '10.0.0.1'], []])
    const sender = makeWalledSender({ ...trap, resolve: makePublicResolve([server.address]) })

    const failures = []
    for (let i = 0; i < 6; i++) {
      const sent = await sender.send({ url: `https://${i}.shop.example/`, secrets }, notice)
      failures.push(sent.outcome === 'failed' && sent.failure)
    }

    const [notAllowed, unreachable] = ['ADDRESS_NOT_ALLOWED', 'CONNECTION_REFUSED']
    expect(failures).toEqual([unreachable, notAllowed, unreachable, notAllowed, unreachable, unreachable])
    expect(trap.asked).toEqual([good4, good6, good4])
    expect(trap.caught()).toBe(0)
  })
})

test('a search for a name ends when it is called off', async () => {
  const server = await startNameServer('silent')
  const caller = new AbortController()
  const found = makePublicResolve([server.address])('shop.example', caller.signal)
  await server.asked

  caller.abort()

  const reason = { reason: { code: 'ECANCELLED' } }
  await expect(found).rejects.toMatchObject({ cause: [reason, reason] })
})

/** A network in which every address leads to this receiver; an honest one lets the socket tell where it came out. */
const network =
  (receiver: RawReceiver, asked: string[], isHonest: boolean): Connect =>
  (addresses, port) => {
    const [first] = addresses
    asked.push(...addresses.map(address => `${address} ${port}`))
    const socket = connect(receiver.port, '127.0.0.1')
    if (!isHonest) Object.defineProperty(socket, 'remoteAddress', { value: first })
    return socket
  }

describe('public machines', () => {
  const hostOf = (text: string) => (text.includes(':') ? `[${text}]` : text)
  const named = publicAddresses.map((text, i): Attack => ({ url: `https://${i}.shop.example/`, answers: [text] }))
  const literal = publicAddresses.map((text): Attack => ({ url: `https://${hostOf(text)}/a?b`, answers: [text] }))
  const more: Attack[] = [
    { url: 'https://SHOP.example:443/', answers: [good4] },
    { url: 'https://shop.example./', answers: [good6] },
    { url: 'https://лавка.example/уведомления', answers: [good4] },
    { url: 'https://134744072/', answers: [good4] },
    { url: 'https://localhost.example/', answers: [good4] },
    { url: 'https://internal.example/?to=http://127.0.0.1/', answers: [good4, good6] },
  ]
  const all = [...named, ...literal, ...more]
  const authority = makeAuthority('an authority of the tests')
  const others = ['shop', 'лавка', 'localhost', 'internal'].map(name => domainToASCII(`${name}.example`))
  const wanted = ['*.shop.example', ...others, ...publicAddresses]
  const certificate = makeCertificate({ names: wanted }, authority)

  test('are reached, fifty and more of them, by name and by address, at exactly what was looked up', async () => {
    const receiver = await startRawReceiver({ tls: certificate })
    const asked: string[] = []
    const connect = network(receiver, asked, false)
    for (const { url, answers = [] } of all) {
      const resolve: Resolve = async () => answers
      const sender = makeWalledSender({ connect, resolve, ca: authority.cert })
      const sent = await sender.send({ url, secrets }, notice)
      expect(sent, url).toMatchObject({ outcome: 'delivered' })
    }
    expect(all.length).toBeGreaterThan(50)
    expect(asked).toEqual(all.flatMap(({ answers = [] }) => answers.map(text => `${text} 443`)))
  })

  test('are accepted when a subscription is made', () => {
    expect(all.map(({ url }) => checkWebhookUrl(url, false)).filter(Boolean)).toEqual([])
  })

  test('whose address leads into the machine after all get not a byte', async () => {
    const receiver = await startRawReceiver({ tls: certificate })
    const asked: string[] = []
    const resolve: Resolve = async () => [good4]
    const sender = makeWalledSender({ connect: network(receiver, asked, true), resolve, ca: authority.cert })

    expect(await sender.send({ url: 'https://shop.example/', secrets }, notice)).toEqual(refused)
    expect(await sender.send({ url: `https://${good4}/`, secrets }, notice)).toEqual(refused)

    expect(asked).toEqual([`${good4} 443`, `${good4} 443`])
    expect(receiver.heardBytes()).toBe(0)
  })
})
