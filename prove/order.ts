import { whenOver } from '../test/support/run-context.ts'
import { openMarket } from '../test/support/test-market.ts'
import { makeStage, play } from './order/stage.ts'
import { takeLockAway } from './order/take-lock-away.ts'
import type { Proof } from './proof.ts'

const messages = { quick: 1_000, full: 400_000 }
// Without the lock most rounds lose a message; with it none does.
const roundsOfControl = 40
const messagesOfRound = 200

/** Writers in several processes and readers who read on from the last message they know, as shops do. */
export const order: Proof = {
  promise: 'Nobody who has read a message of a chat finds an earlier one in it later',
  async prove({ size, say }) {
    const { market, close } = await openMarket()
    whenOver(close)
    const stage = await makeStage(market)
    say(`${messages[size]} messages …`)
    const { missed, written, reads } = await play(stage, messages[size])

    const control = await proveControl(stage)
    return {
      figures: `${written} messages, ${reads} reads by ${stage.readers} readers, none skipped; without the lock ${control.missed} skipped in ${control.written}`,
      broken: [
        ...missed,
        ...market.takeErrors(),
        ...(control.missed > 0 ? [] : [`control: without the lock of post_messages, too, no message was skipped`]),
      ],
    }
  },
}

/** The same without the lock on the chat: the readers must miss messages. */
async function proveControl(
  stage: Awaited<ReturnType<typeof makeStage>>,
): Promise<{ missed: number; written: number }> {
  const putLockBack = await takeLockAway(stage.sql)
  const sum = { missed: 0, written: 0 }
  for (let round = 0; round < roundsOfControl && sum.missed === 0; round++) {
    const { missed, written } = await play(stage, messagesOfRound)
    sum.missed += missed.length
    sum.written += written
  }
  await putLockBack()
  return sum
}
