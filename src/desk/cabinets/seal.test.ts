import { expect, test } from 'vitest'
import { open, type SealedAs, seal } from './seal.ts'
import { deriveSecrets } from './secrets.ts'

const { sealing } = deriveSecrets('a secret')
const as: SealedAs = { cabinetId: 7n, what: 'key' }
const text = 'ACMA:ключ'

test('what was sealed is opened, is not readable, and is never sealed alike', () => {
  const [one, two] = [seal(sealing, as, text), seal(sealing, as, text)]

  expect(open(sealing, as, one)).toBe(text)
  expect(one.includes('ACMA')).toBe(false)
  expect(one.equals(two)).toBe(false)
})

test.each([
  ['with another secret', deriveSecrets('another').sealing, as],
  ["as another cabinet's", sealing, { ...as, cabinetId: 8n }],
  ['as something else', sealing, { ...as, what: 'notification secret' }],
] as const)('it cannot be opened %s', (_how, key, other) => {
  expect(() => open(key, other, seal(sealing, as, text))).toThrow(/sealed with another secret/)
})

test('what was changed since cannot be opened', () => {
  const sealed = seal(sealing, as, text)
  sealed[14] = (sealed[14] ?? 0) ^ 1

  expect(() => open(sealing, as, sealed)).toThrow(/cannot be opened/)
})
