import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { textsOf } from '../../texts/index.ts'
import { findProfile, profilesFile, readProfiles, withoutProfile, withProfile, writeProfiles } from './kept-profiles.ts'

const texts = textsOf('en')
const profile = (name: string) => ({
  name,
  apiKey: 'ACMA:secret',
  businessId: 2n ** 62n,
  baseUrl: 'https://market.example',
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('what is kept is read again, digit for digit, by its owner alone', async () => {
  const folder = join(makeFolder(), 'deep', 'prilavok')
  const file = join(folder, 'profiles.json')
  await writeProfiles(file, withProfile({ profiles: [] }, profile('shop')), texts)

  expect(await readProfiles(file, texts)).toEqual({ current: 'shop', profiles: [profile('shop')] })
  expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700])
})

test('a file that others could read is closed to them when it is written again', async () => {
  const folder = join(makeFolder(), 'prilavok')
  const file = join(folder, 'profiles.json')
  mkdirSync(folder)
  writeFileSync(file, '{"profiles":[]}')
  chmodSync(file, 0o644)
  await writeProfiles(file, withProfile({ profiles: [] }, profile('shop')), texts)

  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain(`${2n ** 62n}`)
})

test('the current profile is the last that was logged in to, and another one when it is gone', () => {
  const both = withProfile(withProfile({ profiles: [] }, profile('one')), profile('two'))
  expect(findProfile(both)?.name).toBe('two')
  expect(findProfile(both, 'one')?.name).toBe('one')
  expect(findProfile(withoutProfile(both, 'two'))?.name).toBe('one')
  expect(withoutProfile(withoutProfile(both, 'two'), 'one')).toEqual({ profiles: [] })
})

test('no file is no profiles; a damaged one is told, without what it holds', async () => {
  const file = join(makeFolder(), 'profiles.json')
  expect(await readProfiles(file, texts)).toEqual({ profiles: [] })
  writeFileSync(file, '{"profiles":[{"apiKey":"ACMA:secret"}]}')
  await expect(readProfiles(file, texts)).rejects.toThrow(file)
  await expect(readProfiles(file, texts)).rejects.not.toThrow('secret')
})

test.each([
  [{ PRILAVOK_CONFIG: '/x/p.json', XDG_CONFIG_HOME: '/c' }, '/x/p.json'],
  [{ XDG_CONFIG_HOME: '/c' }, '/c/prilavok/profiles.json'],
])('with %j profiles lie in %s', (environment, file) => {
  expect(profilesFile(environment)).toBe(file)
})
