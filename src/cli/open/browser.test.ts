import { expect, test } from 'vitest'
import { browserOf, startBrowser } from './browser.ts'

test.each<[platform: NodeJS.Platform, env: Record<string, string>, program: string | undefined]>([
  ['linux', { BROWSER: 'firefox', DISPLAY: ':0' }, 'firefox'],
  ['darwin', {}, 'open'],
  ['linux', { WSL_DISTRO_NAME: 'Ubuntu' }, 'explorer.exe'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['linux', {}, undefined],
])('on %s with %j an address is opened by %s', (platform, env, program) => {
  expect(browserOf({ platform, env })).toBe(program)
})

test.each([
  ['true', true],
  ['/no/such/browser', false],
])('whether %s was started is told: %s', async (program, isStarted) => {
  expect(await startBrowser('http://x', { platform: 'linux', env: { BROWSER: program } })).toBe(isStarted)
})
