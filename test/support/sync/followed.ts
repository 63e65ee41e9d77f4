import { type Change, makeHints, type SyncOptions, verifySync } from '../../../src/client/sync/index.ts'
import { makeStage } from './stage.ts'

type Told = { change: Change; afterMs: number }

/** Forty mirrored chats that are followed; what is told, with the time that had passed since the last mark. */
export async function makeFollowed(plan: Parameters<typeof makeStage>[0] = {}) {
  const stage = makeStage(plan)
  const [chat] = Array.from({ length: 40 }, (_, n) => stage.addChat(3, 1_000_000 + n * 60_000))
  if (!chat) throw new Error('there are forty')
  await stage.mirror()
  const hints = makeHints()
  const told: Told[] = []
  let markedAt = stage.clock.now()
  const onChange = (change: Change) => {
    told.push({ change, afterMs: stage.clock.now().getTime() - markedAt.getTime() })
  }
  const follow = (work: () => Promise<void>, options: SyncOptions = {}) =>
    stage.follow({ hints, onChange, sweepEveryMs: 60_000, ...options }, async () => {
      await stage.clock.wait(5_000)
      await work()
    })
  const mark = () => {
    markedAt = stage.clock.now()
    told.splice(0)
  }
  const verify = () => stage.clock.run(verifySync(stage.market.source, stage.store, { clock: stage.clock }))
  const messagesTold = () =>
    told.flatMap(({ change, afterMs }) => (change.kind === 'message' ? [{ change, afterMs }] : []))
  return { stage, chat, chatId: chat.chat.chatId, hints, told, messagesTold, follow, mark, verify }
}
