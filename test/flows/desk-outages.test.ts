import { expect, test } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import { makeBusiness } from '../support/business.ts'
import { readAnswers, say } from '../support/desk-answers.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { whenOver } from '../support/run-context.ts'
import { connectCabinet, readDeskChat, readShopTexts, startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

test.each(['stopped and started', 'killed'] as const)('when its database was %s, the same desk goes on', async how => {
  const database = await makeRestartablePostgres()
  const sql = connect(database.url, { max: 2, name: 'test' })
  whenOver(() => sql.end())
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'раз')
  const running = await startTestDesk({ databaseUrl: database.url }, { leaseTtlMs: 1_500 })
  const place = { cabinetId: await connectCabinet(running, market, shop), chatId }
  await expect.poll(() => readDeskChat(sql, place)).toMatchObject({ texts: ['раз'] })

  if (how === 'killed') await database.kill()
  else await database.stop()
  await writeAs('customer', { market, shop, chatId }, 'два')
  if (how !== 'killed') await database.startAgain()

  const texts = () => readDeskChat(sql, place).catch(() => undefined) // its database comes back in a moment
  await expect.poll(texts).toMatchObject({ texts: ['раз', 'два'] })
  await say(running, place, { text: 'три' })
  await expect.poll(() => readAnswers(sql, place)).toEqual(['три confirmed'])
  expect(await readShopTexts(market, chatId)).toEqual(['три'])
})
