import { onTestFinished } from 'vitest'
import type { Look, OpenPage, Pages } from '../../support/browser.ts'
import { usePages } from '../../support/browser.ts'
import type { TestDesk } from '../../support/desk-app.ts'

export type DeskBrowser = Pages & {
  /** A page of the desk, signed in as the owner. `path` begins after /desk; `shows` is there when it is open. */
  open(path: string, look?: Look, shows?: string): Promise<OpenPage>
}

/** A browser of this test file, on a desk. Call it in the body of the file, after useDesk. */
export function useDeskBrowser(desk: TestDesk): DeskBrowser {
  const pages = usePages(desk)
  const open = async (path: string, look?: Look, shows = '#page') => {
    const { hash } = new URL(await desk.ownerLink())
    const page = await pages.openAt(`${desk.url}/desk${path}${hash}`, look)
    await page.locator(shows).waitFor()
    return page
  }
  return { ...pages, open }
}

type Stroke = { code: string; key: string; modifiers?: number }

/** Presses keys by their place, with what ЙЦУКЕН has on them. */
export async function inRussian(page: OpenPage) {
  const session = await page.context().newCDPSession(page)
  onTestFinished(() => session.detach().catch(() => {})) // the page may be closed already
  const press = async ({ code, key, modifiers = 0 }: Stroke) => {
    const text = modifiers === 0 && key.length === 1 ? key : undefined
    const virtualKey = key === 'Enter' ? 13 : code.startsWith('Key') ? code.charCodeAt(3) : 191
    const event = { code, key, modifiers, windowsVirtualKeyCode: virtualKey }
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...(text && { text }) })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
  }
  return press
}

/** Sums up how far what is on the page has moved by itself from now on, as browsers measure it. */
export async function watchShifts(page: OpenPage): Promise<() => Promise<number>> {
  await page.evaluate(`
    window.shifted = 0
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
    }).observe({ type: 'layout-shift' })`)
  return async () => Number(await page.evaluate('window.shifted'))
}
