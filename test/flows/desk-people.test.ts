import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { useDesk } from '../support/desk-app.ts'
import { askDesk, cookieOf, invite, personWith, signInBy, signInOwner } from '../support/desk-person.ts'
import { ask } from '../support/http.ts'

const clock = makeManualClock(new Date('2026-05-05T10:00:00Z'))
const desk = useDesk({ clock })

const password = 'верный конь 7 батарейка'

test('a link of the owner signs in once, and the session knows who it is', async () => {
  const link = await desk.ownerLink()
  const owner = await signInBy(desk, link)

  const again = await askDesk(desk, 'POST /session', { json: { ticket: link.split('=')[1] } })
  const session = await owner.get('GET /session')

  expect(link).toMatch(new RegExp(`^${desk.url}/desk#ticket=[\\w-]{43}$`))
  expect(again).toMatchObject({ status: 401, body: { status: 401 } })
  expect(session).toMatchObject({ signedIn: true, account: { role: 'owner' }, hasPassword: false })
  expect((await askDesk(desk, 'GET /session')).body).toEqual({ signedIn: false, version: '0.0.0-test', hasLab: false })
})

test('a link is over after three days', async () => {
  const link = await desk.ownerLink()
  clock.advance(3 * 24 * 60 * 60 * 1000)

  await expect(signInBy(desk, link)).rejects.toThrow('401')
})

test('the cookie is out of reach of scripts and of other sites', async () => {
  const ticket = (await desk.ownerLink()).split('=')[1]
  const { headers } = await askDesk(desk, 'POST /session', { json: { ticket } })

  expect(headers.get('set-cookie')).toMatch(
    /^prilavok_desk=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
  )
})

test('who is invited sets a password and signs in with it; its other sessions and links end then', async () => {
  const owner = await signInOwner(desk)
  const invited = await invite(desk, 'operator', 'Anna@Shop.example')
  const { accounts } = await owner.get<{ accounts: { accountId: string; email: string }[] }>('GET /accounts')
  const { accountId } = accounts.find(({ email }) => email === 'Anna@Shop.example') ?? {}
  const { link } = await owner.get<{ link: string }>(`POST /accounts/${accountId}/reset`)
  const other = await signInBy(desk, link)
  const { link: unused } = await owner.get<{ link: string }>(`POST /accounts/${accountId}/reset`)

  const short = await invited.ask('PUT /password', { json: { password: 'short' } })
  await invited.get('PUT /password', { password })
  const signedIn = await askDesk(desk, 'POST /session', { json: { email: 'anna@shop.example', password } })

  expect(short.status).toBe(422)
  expect(signedIn.body).toMatchObject({ signedIn: true, account: { name: 'Имя operator', role: 'operator' } })
  expect((await other.ask('GET /views')).status).toBe(401)
  await expect(signInBy(desk, unused)).rejects.toThrow('401')
  const [kept] = await desk.sql<
    { password: string }[]
  >`select password from desk.accounts where account_id = ${accountId}`
  expect(kept?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('a password is changed with the current one alone', async () => {
  const { email, ...invited } = await invite(desk, 'operator')
  await invited.get('PUT /password', { password })
  const signedIn = personWith(desk, cookieOf(await askDesk(desk, 'POST /session', { json: { email, password } })))

  const without = await signedIn.ask('PUT /password', { json: { password: 'another one of mine' } })
  const withOld = await signedIn.ask('PUT /password', { json: { password: 'another one of mine', current: password } })

  expect([without.status, withOld.status]).toEqual([422, 204])
  expect((await askDesk(desk, 'POST /session', { json: { email, password } })).status).toBe(401)
})

test('after five wrong passwords the address waits, however many are tried at once, and the right one waits too', async () => {
  const { email, ...invited } = await invite(desk, 'operator')
  await invited.get('PUT /password', { password })
  const attempt = (tried: string) => askDesk(desk, 'POST /session', { json: { email, password: tried } })

  const tried = await Promise.all(Array.from({ length: 12 }, (_, n) => attempt(`wrong ${n}`)))
  const right = await attempt(password)
  clock.advance(2_000)
  const later = await attempt(password)

  expect(tried.filter(({ status }) => status === 401)).toHaveLength(5)
  expect(tried.filter(({ status }) => status === 429)).toHaveLength(7)
  expect(right).toMatchObject({ status: 429, body: { retryAfterSeconds: 2 } })
  expect(later.status).toBe(200)
})

test('a wrong address is answered as a wrong password is', async () => {
  const unknown = await askDesk(desk, 'POST /session', { json: { email: 'nobody@x.example', password } })

  expect(unknown).toMatchObject({ status: 401, body: { detail: 'No account has this address and password.' } })
})

test('sessions are listed, and one that is ended opens nothing', async () => {
  const { email, ...first } = await invite(desk, 'operator')
  await first.get('PUT /password', { password })
  const second = personWith(desk, cookieOf(await askDesk(desk, 'POST /session', { json: { email, password } })))
  const { sessions } = await first.get<{ sessions: { sessionId: string; isThis: boolean }[] }>('GET /sessions')
  const other = sessions.find(({ isThis }) => !isThis)

  await first.get(`DELETE /sessions/${other?.sessionId}`)

  expect(sessions).toHaveLength(2)
  expect((await second.ask('GET /views')).status).toBe(401)
  expect((await first.ask('GET /views')).status).toBe(200)
  await first.get('DELETE /session')
  expect((await first.ask('GET /views')).status).toBe(401)
})

test("nobody ends another's session", async () => {
  const [anna, boris] = [await invite(desk, 'operator'), await invite(desk, 'operator')]
  const { sessions } = await boris.get<{ sessions: { sessionId: string }[] }>('GET /sessions')

  expect((await anna.ask(`DELETE /sessions/${sessions[0]?.sessionId}`)).status).toBe(404)
})

test('a session that nobody uses for thirty days is over, and one that is used is not', async () => {
  const [idle, busy] = [await invite(desk, 'operator'), await invite(desk, 'operator')]
  const day = 24 * 60 * 60 * 1000
  for (let days = 0; days < 31; days += 10) {
    await busy.get('GET /views')
    clock.advance(10 * day)
  }

  expect((await idle.ask('GET /views')).status).toBe(401)
  expect((await busy.ask('GET /views')).status).toBe(200)
})

test('a disabled account is signed out at once; the last owner stays one', async () => {
  const owner = await signInOwner(desk)
  const { email, ...operator } = await invite(desk, 'operator')
  const { accounts } = await owner.get<{ accounts: { accountId: string; email: string; role: string }[] }>(
    'GET /accounts',
  )
  const idOf = (wanted: string) => accounts.find(account => account.email === wanted)?.accountId

  await owner.get(`PATCH /accounts/${idOf(email)}`, { isDisabled: true })
  const ownerId = accounts.find(({ role }) => role === 'owner')?.accountId
  const demoted = await owner.ask(`PATCH /accounts/${ownerId}`, { json: { role: 'viewer' } })
  const disabled = await owner.ask(`PATCH /accounts/${ownerId}`, { json: { isDisabled: true } })

  expect((await operator.ask('GET /views')).status).toBe(401)
  expect([demoted.status, disabled.status]).toEqual([409, 409])
})

test('an address belongs to one account, in capitals or not', async () => {
  const owner = await signInOwner(desk)
  await invite(desk, 'viewer', 'twice@shop.example')

  const again = await owner.ask('POST /accounts/invitations', {
    json: { name: 'Другой', email: 'TWICE@shop.example', role: 'viewer' },
  })
  const mine = await owner.ask('PATCH /me', { json: { email: 'Twice@shop.example' } })

  expect([again.status, mine.status]).toEqual([409, 409])
  expect(await owner.get('PATCH /me', { name: 'Хозяйка', email: 'boss@shop.example' })).toMatchObject({
    name: 'Хозяйка',
  })
})

const writes = [
  'PUT /cabinets/1/chats/2/read',
  'PUT /cabinets/1/chats/2/draft',
  'POST /replies',
  'DELETE /replies/x',
] as const

test.each(writes)('a viewer is refused: %s', async operation => {
  const viewer = await invite(desk, 'viewer')

  expect((await viewer.ask(operation, { json: {} })).body).toMatchObject({
    status: 403,
    detail: expect.stringContaining('operator'),
  })
})

test('an operator is refused what is for owners', async () => {
  const operator = await invite(desk, 'operator')

  for (const operation of ['GET /accounts', 'POST /accounts/invitations', 'PATCH /accounts/1'] as const)
    expect((await operator.ask(operation, operation.startsWith('GET') ? {} : { json: {} })).status, operation).toBe(403)
})

test('a page of another site is refused, whatever it sends; so is whoever writes without the header', async () => {
  const { cookie } = await signInOwner(desk)
  const from = (site: string) => ({ cookie, 'sec-fetch-site': site, 'x-prilavok-desk': '1' })
  const url = `${desk.url}/desk/v1`

  for (const site of ['cross-site', 'same-site'])
    for (const path of ['/views', '/session', '/events', '/replies.csv', '/files/1/2/3/0/a.png'])
      expect((await ask(url + path, { headers: from(site) })).status, `${site} ${path}`).toBe(403)
  const plain = await ask(`${url}/session`, { method: 'DELETE', headers: { cookie } })
  expect(plain).toMatchObject({ status: 403, body: { detail: expect.stringContaining('x-prilavok-desk') } })
  expect((await ask(`${url}/views`, { headers: from('same-origin') })).status).toBe(200)
})

test('nothing but the session is open to who is not signed in', async () => {
  for (const path of [
    '/views',
    '/chats',
    '/accounts',
    '/events',
    '/preferences',
    '/replies.csv',
    '/files/1/2/3/0/a.png',
  ])
    expect((await askDesk(desk, `GET ${path}`)).status, path).toBe(401)
  expect((await askDesk(desk, 'GET /nothing')).status).toBe(404)
})
