import { expect, test } from 'vitest'
import { ignoredProfile, yandexUrl } from './access.ts'

const local = { name: 'local', apiKey: 'ACMA:x', businessId: 1n, baseUrl: 'http://127.0.0.1:8080' }
const real = { ...local, name: 'real', baseUrl: yandexUrl }
const kept = { current: 'local', profiles: [local, real] }

test.each<[what: string, environment: Record<string, string>, name: string | undefined]>([
  ['the current profile is of another market', {}, 'local'],
  ['the profile that is named is of the same market', { PRILAVOK_PROFILE: 'real' }, undefined],
  ['the address is given', { PRILAVOK_URL: yandexUrl }, undefined],
])('a key in a variable surprises whoever has profiles, or not: %s', (_what, environment, name) => {
  expect(ignoredProfile(yandexUrl, kept, environment)?.name).toBe(name)
})
