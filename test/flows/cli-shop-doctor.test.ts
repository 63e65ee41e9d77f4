import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { makeReceiver } from '../support/receiver.ts'
import { makeShop } from '../support/shop-command.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

test('the doctor finds all well, and looks at the receiver if it is named', async () => {
  const business = await makeBusiness(market)
  const receiver = await makeReceiver()

  const { code, out, err } = await makeShop(market, business).run(['doctor', '--receiver', receiver.url])

  const lines = out.split('\n')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(lines.filter(line => line.startsWith('✓')).map(line => line.split(/ +/)[1])).toEqual([
    'Address',
    'Key',
    'Scopes',
    'Business',
    'Chats',
    'Limits',
    'Clock',
    'Receiver',
  ])
  expect(out).toMatch(/✓ Limits +getChats \d+\/5000 until \d\d:\d\d/)
  expect(lines.at(-1)).toBe('All is well.')
  expect(receiver.arrivals.map(({ body }) => body.notificationType)).toEqual(['PING'])
})

test('what is to mend is told with what to do, in the language of the reader', async () => {
  const business = await makeBusiness(market)
  const receiver = await makeReceiver()
  receiver.answering = 'garbage'
  const key = await business.makeKey(['all-methods:read-only'])

  const { code, out } = await makeShop(market, business).run(['doctor', '--receiver', receiver.url], {
    PRILAVOK_API_KEY: key,
    LC_ALL: 'ru_RU.UTF-8',
  })

  expect(code).toBe(1)
  expect(out).toMatch(/✗ Доступы +может читать чаты, но не писать в них \(ALL_METHODS_READ_ONLY\)\n +→ Чтобы отвечать/)
  expect(out).toMatch(/✗ Приёмник +http.*: отвечает кодом 200, но тело ответа неверное\n +→ Он должен/)
  expect(out.split('\n').at(-1)).toBe('Нужно исправить: 2.')
})

test('a key that is not taken, another business and a market that is away are each told', async () => {
  const business = await makeBusiness(market)
  const shop = makeShop(market, business)

  const wrongKey = await shop.run(['doctor'], { PRILAVOK_API_KEY: `ACMA:${'c'.repeat(40)}:01234567` })
  const others = await shop.run(['doctor', '--json'], { PRILAVOK_BUSINESS_ID: '77' })
  const away = await shop.run(['doctor'], { PRILAVOK_URL: 'http://127.0.0.1:9' })

  expect([wrongKey.code, others.code, away.code]).toEqual([1, 1, 1])
  expect(wrongKey.out).toMatch(/✓ Address.*\n✗ Key .*does not accept this key.*\n\n1 thing to fix\.$/)
  const checks = others.out.split('\n').map(line => JSON.parse(line))
  expect(checks.filter(({ isGood }) => !isGood).map(({ check }) => check)).toEqual(['cabinet'])
  expect(away.out).toMatch(/^✗ Address .*cannot be reached/)
})

test('an address that is not that of the API, and a receiver that is not started, are each told with what to do', async () => {
  const business = await makeBusiness(market)
  const shop = makeShop(market, business)

  const path = await shop.run(['doctor'], { PRILAVOK_URL: `${market.url}/v2` })
  const asleep = await shop.run(['doctor', '--receiver', 'http://127.0.0.1:9/'])

  expect(path.out).toMatch(/^✗ Address .*\/v2 answers, but not as the API of a market\n +→ Check the address/)
  expect(asleep.out).toMatch(/✗ Receiver +http.*cannot be reached.*\n +→ Start it, and check the address\./)
})
