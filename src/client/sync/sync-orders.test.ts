import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/sync/model-market.ts'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { NotFound, Unavailable } from '../errors.ts'
import { verifySync } from './index.ts'

const clean = { missing: 0, different: 0, gone: 0 }
const hourMs = 3_600_000

test.each([
  ['the oldest first', {}],
  ['the newest first', { isAscending: false }],
  ['the newest page first, each ascending', { areNewestPagesFirst: true }],
])('a history that is cut short at its second page is read to its end: %s', async (_order, ways) => {
  const stage = makeStage({ ways })
  stage.addChat(345)
  let histories = 0
  stage.refuse = ({ operation }) => {
    if (operation === 'history' && ++histories === 2) throw new Unavailable(refusal('getChatHistory', 503))
  }
  await stage.mirror()

  expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
})

test.each(['offset', 'key'] as const)(
  'a chat that moves up while the list is walked through once is mirrored: %s',
  async cursor => {
    const stage = makeStage({ ways: { cursor } })
    for (let n = 0; n < 60; n++) stage.addChat(3, 1_000_000 + n * 60_000)
    const oldest = [...stage.market.chats.values()].at(-1)
    let lists = 0
    stage.refuse = ({ operation }) => {
      if (operation === 'list' && ++lists === 2 && oldest) stage.market.write(oldest)
    }
    await stage.mirror()

    expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject({
      chats: 60,
      ...clean,
    })
  },
)

test('a chat that moves up while it is verified is not taken for gone', async () => {
  const stage = makeStage()
  for (let n = 0; n < 60; n++) stage.addChat(3, 1_000_000 + n * 60_000)
  await stage.mirror()
  const oldest = [...stage.market.chats.values()].at(-1)
  let lists = 0
  stage.refuse = ({ operation }) => {
    if (operation === 'list' && ++lists === 2 && oldest) oldest.chat.updatedAt = stage.market.stamp()
  }

  expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject({
    chats: 60,
    gone: 0,
  })
})

test('a sweep goes on where a page ends with news, though a message was stamped an hour ahead', async () => {
  const stage = makeStage()
  for (let n = 0; n < 60; n++) stage.addChat(3, 1_000_000 + n * 60_000)
  await stage.mirror()

  await stage.follow({ sweepEveryMs: 30_000 }, async () => {
    const chats = [...stage.market.chats.values()]
    await stage.clock.wait(5_000)
    if (chats[50]) stage.market.write(chats[50], { createdAt: new Date(stage.market.now().getTime() + hourMs) })
    await stage.clock.wait(65_000)
    for (const chat of chats.slice(0, 45)) stage.market.write(chat)
    await stage.clock.wait(hourMs / 3)
  })

  expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
})

test('a history that was not there for a while is read when the whole list is walked through again', async () => {
  const stage = makeStage()
  stage.addChat(3)
  stage.refuse = ({ operation }) => {
    if (operation === 'history') throw new NotFound(refusal('getChatHistory', 404))
  }

  await stage.follow({}, async () => {
    await stage.clock.wait(10_000)
    stage.refuse = () => {}
    await stage.clock.wait(25 * hourMs)
  })

  expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
})
