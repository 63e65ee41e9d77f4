import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prilavok } from '../support/command.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })

const yaml = `# yaml-language-server: $schema=state.schema.json
prilavok: 1
customers:
  - { id: anna, name: Анна }
businesses:
  - name: Кружки
    keys: [{ name: Робот, scopes: [communication] }]
    chats:
      - customer: anna
        messages:
          - { from: customer, at: -2h, text: Где заказ? }
          - { from: shop, at: +7m, file: photos/mug.txt, name: кружка.txt }
`

function makeShop(text = yaml) {
  const folder = makeOpenFolder()
  mkdirSync(join(folder, 'photos'))
  writeFileSync(join(folder, 'photos/mug.txt'), 'кружка')
  const file = join(folder, 'shop.yaml')
  writeFileSync(file, text)
  return { folder, file }
}

function state(args: string[], env: Record<string, string> = {}) {
  const place = { PRILAVOK_URL: market.url, PRILAVOK_ADMIN_TOKEN: market.adminToken }
  return prilavok(['state', ...args], { ...place, ...env }).ended
}

test('a file is seeded once, with its files, and exported as a file that can be put elsewhere', async () => {
  const { folder, file } = makeShop()
  const first = await state(['seed', file])
  const second = await state(['seed', file], { LC_ALL: 'ru_RU.UTF-8' })
  const out = join(folder, 'out', 'now.yaml')
  mkdirSync(join(folder, 'out'))
  const exported = await state(['export', out])
  const again = await state(['export', out])

  const [told, ofBusiness, ofKey] = first.out.split('\n')
  expect([told, first.err]).toEqual(['Done.', ''])
  expect(ofBusiness).toMatch(/^Business \d+ "Кружки": 1 chat, 2 messages\.$/)
  expect(ofKey).toMatch(/^Key "Робот" of business \d+: ACMA:\w+:\w+$/)
  expect(second.out.split('\n')[0]).toBe('Этот файл уже загружен: ничего не изменилось.')
  expect(second.out).toContain(ofKey?.split(': ')[1])
  expect(exported.out).toBe(`${out}: 1 business, 1 chat, 1 file.`)
  const path = /file: (files\/\S+)/.exec(readFileSync(out, 'utf8'))?.[1] ?? ''
  expect(readFileSync(join(folder, 'out', path), 'utf8')).toBe('кружка')
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining('is there already: name another file') })
})

test.each([
  [
    'what is wrong is told with its line',
    yaml.replace('customer: anna', 'customer: igor'),
    /shop\.yaml:9:19 {2}businesses\[0\]\.chats\[0\]\.customer is no customer of this file/,
  ],
  [
    'what the market refuses, too',
    yaml.replace('+7m', '+3h'),
    /cannot take it; nothing was changed:\n.*shop\.yaml:12:31 {2}businesses\[0\]\.chats\[0\]\.messages\[1\]\.at must not be later/,
  ],
  [
    'no file outside of its folder is sent',
    yaml.replace('photos/mug.txt', '../../../../../../../etc/hostname'),
    /shop\.yaml:12:42 {2}\S+: is outside of the folder/,
  ],
])('%s', async (_name, text, told) => {
  const { code, out, err } = await state(['import', makeShop(text).file])

  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(told)
})
