import { expect, test } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

test('without a lab its page says how to start one', async () => {
  const page = await browser.open('lab')
  await page.getByText('npx prilavok market --lab').waitFor()

  expect(await page.survey('lab-off', () => page.locator('.empty h2').waitFor())).toEqual([])
}, 60_000)
