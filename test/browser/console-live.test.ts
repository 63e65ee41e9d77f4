import { onTestFinished, test } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { ask } from '../support/http.ts'
import { collectingLog, startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

test('a market that is started anew is told as lost, and what another process did meanwhile is caught up with', async () => {
  const { databaseUrl, filesFolder } = market
  const { businessId, customer: buyer, apiKey } = browser.demo
  const start = async (port: number) => {
    const errors: string[] = []
    const running = await startTestMarket({ databaseUrl, filesFolder, port, log: collectingLog(errors) })
    onTestFinished(() => running.stop())
    return running
  }
  const other = await start(0)
  const page = await browser.open('overview')
  await page.getByText('На связи').waitFor()
  await page.getByText('Последние события').waitFor()

  await market.running.stop()
  await page.getByText('Связь потеряна').waitFor()
  await page.picture('connection-lost')
  await ask(`${other.url}/v2/businesses/${businessId}/chats/message?chatId=${buyer.chatId}`, {
    method: 'POST',
    headers: { 'api-key': apiKey },
    json: { message: 'Пока вас не было' },
  })
  await start(Number(new URL(market.url).port))
  await page.getByText('На связи').waitFor()

  await page.getByText('Пока вас не было').waitFor()
  browser.takeTroubles()
}, 120_000)
