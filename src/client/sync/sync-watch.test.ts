import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/sync/model-market.ts'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { Unavailable } from '../errors.ts'
import { type Change, makeHints } from './index.ts'

const idsOf = (changes: readonly Change[]) =>
  changes.flatMap(change => (change.kind === 'message' ? [change.message.messageId] : []))

test('a watch whose first reading of a long history is cut short tells what came, and nothing that stood before', async () => {
  const stage = makeStage()
  const chat = stage.addChat(250)
  stage.addChat(1, 0)
  const told: Change[] = []
  let histories = 0

  await stage.follow({ begin: 'now', onChange: change => void told.push(change) }, async () => {
    await stage.clock.wait(60_000)
    stage.refuse = ({ operation }) => {
      if (operation === 'history' && ++histories === 2) throw new Unavailable(refusal('getChatHistory', 503))
    }
    stage.market.write(chat)
    await stage.clock.wait(300_000)
  })

  expect(idsOf(told)).toEqual([chat.messages.at(-1)?.messageId])
})

test('a watch tells what is written into the newest chat while its first reading fails', async () => {
  const stage = makeStage()
  const chat = stage.addChat(3, 0)
  const told: Change[] = []
  const hints = makeHints()
  stage.refuse = ({ operation }) => {
    if (operation === 'history') throw new Unavailable(refusal('getChatHistory', 503))
  }

  await stage.follow({ begin: 'now', hints, onChange: change => void told.push(change) }, async () => {
    await stage.clock.wait(20_000)
    const { messageId } = stage.market.write(chat)
    hints.tell({ chatId: chat.chat.chatId, messageId, at: stage.market.now() })
    await stage.clock.wait(20_000)
    stage.market.write(chat)
    stage.refuse = () => {}
    await stage.clock.wait(300_000)
  })

  expect(idsOf(told)).toEqual(chat.messages.slice(-2).map(({ messageId }) => messageId))
})

test('a watch on a store that has lost its notes tells nothing that stood before', async () => {
  const stage = makeStage()
  const chat = stage.addChat(3, 0)
  await stage.mirror()
  await stage.store.writeNotes('')
  stage.market.write(chat)
  const told: Change[] = []

  await stage.follow({ begin: 'now', onChange: change => void told.push(change) }, () => stage.clock.wait(60_000))

  expect(idsOf(told)).toEqual([])
})

test('a hint whose ids are none is passed over', async () => {
  const stage = makeStage()
  const chat = stage.addChat(3)
  const hints = makeHints()
  for (const id of ['x', '', '1.5']) {
    hints.tell({ chatId: id })
    hints.tell({ chatId: chat.chat.chatId, messageId: id })
    hints.tell({ chatId: chat.chat.chatId, businessId: id })
  }

  await stage.follow({ hints }, () => stage.clock.wait(60_000))

  expect(stage.countOf('history')).toBe(1)
})
