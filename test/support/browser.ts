import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Demo, ensureDemo } from '#market'
import { launchChromium } from './chromium.ts'
import type { TestMarket } from './test-market.ts'

const root = join(import.meta.dirname, '../..')
const pictures = join(root, 'test-results')
/** Pictures are for people: they take a fifth of the time of these tests, and prove nothing. */
const takesPictures = process.env['PICTURES'] !== undefined
const patienceMs = 30_000
export type Look = { scheme?: 'light' | 'dark'; language?: 'ru' | 'en'; width?: number; height?: number }
export type OpenPage = Page & {
  /** Serious and critical findings of axe, as `rule: where`. */
  findings(): Promise<string[]>
  /** With PICTURES=1, takes a picture for a person to look at: test-results/<name>-<light|dark>-<ru|en>[-<width>].png. */
  picture(name: string): Promise<void>
  /**
   * What axe finds in every look that matters, and pictures of those and of the looks that differ from them by language alone. `settle` waits for what must be on the page,
   * which is loaded anew for another language.
   */
  survey(name: string, settle?: () => Promise<unknown>): Promise<string[]>
}

export type Pages = {
  /** A page of this address, nobody signed in, as a person with this look sees it. */
  openAt(url: string, look?: Look): Promise<OpenPage>
  /** Takes what went wrong on the pages. A test that leaves something there fails. */
  takeTroubles(): string[]
}

export type TestBrowser = Pages & {
  demo: Demo
  /** A page of the console, signed in by a one-time link, as a person with this look sees it. `path` begins after the business. */
  open(path: string, look?: Look): Promise<OpenPage>
}

/** Does what makes the page say something for three seconds, and waits for that from before: where much goes on, later is too late. */
export async function seeSaid(said: Locator, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([said.waitFor(), act()])
}

/** A browser of this test file, on a market with the demo business. Call it in the body of the file, after useMarket. */
export function useBrowser(market: TestMarket): TestBrowser {
  const pages = usePages(market)
  const used = { ...pages } as TestBrowser // filled before the first test runs
  beforeAll(async () => {
    const demo = await ensureDemo(market.running.market)
    const open = async (path: string, look?: Look) => {
      const { hash } = new URL(market.running.consoleUrl())
      const page = await pages.openAt(`${market.url}/console/${demo.businessId}/${path}${hash}`, look)
      await page.locator('#page').waitFor()
      return page
    }
    Object.assign(used, { demo, open })
  })
  return used
}

/** A browser of this test file whose pages ask one server of ours. Call it in the body of the file, after what starts the server. */
export function usePages(server: { url: string }): Pages {
  const troubles: string[] = []
  const contexts: BrowserContext[] = []
  let browser: Browser
  const openAt = async (url: string, look: Look = {}) => {
    const context = await makeContext(browser, look)
    contexts.push(context)
    const page = await context.newPage()
    watch(page, server.url, troubles)
    await page.goto(url)
    return withEyes(page, look)
  }
  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'scripts/build-if-stale.mjs')], { stdio: 'inherit' })
    mkdirSync(pictures, { recursive: true })
    browser = await launchChromium()
  }, 120_000)
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    expect(troubles.splice(0), 'what went wrong on the page and no test read').toEqual([])
  })
  afterAll(() => browser?.close())
  return { openAt, takeTroubles: () => troubles.splice(0) }
}

async function makeContext(browser: Browser, look: Look): Promise<BrowserContext> {
  const { scheme = 'light', language = 'ru', width = 1400, height = 900 } = look
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'Europe/Moscow',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(patienceMs)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return context
}

/** Everything a page should not do: errors, errors in its console, requests to another host. */
function watch(page: Page, url: string, troubles: string[]): void {
  page.on('pageerror', error => troubles.push(`error: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('request', request => {
    const address = request.url()
    if (!address.startsWith(`${url}/`) && !/^(?:data|blob):/.test(address)) troubles.push(`another host: ${address}`)
  })
}

/** As most see it, as the others see it, in a small window, on a phone. */
const looks: readonly (Look & { isPictureOnly?: true })[] = [
  { scheme: 'light', language: 'ru' },
  { scheme: 'dark', language: 'ru', isPictureOnly: true },
  { scheme: 'dark', language: 'en' },
  { scheme: 'light', language: 'en', isPictureOnly: true },
  { scheme: 'light', language: 'en', width: 1024, height: 768 },
  { scheme: 'light', language: 'ru', width: 390, height: 844 },
]

function withEyes(page: Page, first: Look): OpenPage {
  let look = first
  const findings = async () => {
    // Evaluated by the test's hand: the page's own policy forbids scripts that are not its own. It stays until the page is loaded anew.
    if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(axe.source)
    const { violations } = (await page.evaluate(runAxe)) as AxeResults // as its documentation has it
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))
  }
  const picture = async (name: string) => {
    if (!takesPictures) return
    const { scheme = 'light', language = 'ru', width = 1400 } = look
    const size = width === 1400 ? '' : `-${width}`
    await page.evaluate('document.fonts.ready')
    await page.screenshot({ path: join(pictures, `${name}-${scheme}-${language}${size}.png`) })
  }
  const survey = async (name: string, settle: () => Promise<unknown> = async () => {}) => {
    const found: string[] = []
    for (const next of looks.filter(({ isPictureOnly }) => takesPictures || !isPictureOnly)) {
      look = next
      await wear(page, next)
      found.push(...(await moving(page)))
      await settle()
      await picture(name)
      found.push(...(await overflow(page)))
      if (!next.isPictureOnly) found.push(...(await findings()).map(finding => `${JSON.stringify(next)} ${finding}`))
    }
    return found
  }
  return Object.assign(page, { findings, picture, survey })
}

// All rules are looked at; of those that hold, it need not put together and send where they do.
const runAxe = "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => ({ violations }))"

type AxeResults = {
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[]
}

/** The page in another look; it is loaded anew only for another language. */
async function wear(
  page: Page,
  { scheme = 'light', language = 'ru', width = 1400, height = 900 }: Look,
): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  // The page's script hears of it, and changes its colours: before that nothing can be said of them.
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor()
  if ((await page.locator('html').getAttribute('lang')) === language) return
  await page.evaluate(`localStorage.setItem('prilavok.language', '${language}')`)
  await page.reload()
}

/** What is changing in sight of somebody who wants no motion, which nothing is. */
async function moving(page: Page): Promise<string[]> {
  const targets = await page.evaluate(
    'document.getAnimations().filter(each => each instanceof CSSTransition).map(({ effect }) => effect.target.className).join()',
  )
  return targets === '' ? [] : [`it moves: ${targets}`]
}

/** A document wider or higher than its window, which the console never is. */
async function overflow(page: Page): Promise<string[]> {
  const size = await page.evaluate(
    '[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight].join()',
  )
  return size === '0,0' ? [] : [`the page is larger than its window by ${size}`]
}
