import { onWire } from '#contract'
import { type Check, checkOf } from '../../check/check.ts'
import { compare } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequestOfOurs } from '../../expect/words.ts'
import { NotChecked } from '../../findings/finding.ts'
import { choice } from '../../findings/sources.ts'
import type { Reply } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field } from '../../scene/read.ts'

const row = 'a shop that writes to a finished chat'
const source = choice(row)
const notFinished = {
  en: 'the chat of --finished-chat is not finished, or not any more',
  ru: 'чат из --finished-chat не завершён или уже открыт снова',
}

/** Both are a business's setting at our market. Which one it is does not matter, but it must be one of them as a whole. */
const refusedOrReopened = (name: 'sendMessageToChat' | 'sendFileToChat') =>
  checkOf(
    name,
    {
      en: 'into a finished chat is refused as closed, or opens it again',
      ru: 'в завершённый чат: отказ «closed» или чат открыт снова',
    },
    {
      source,
      needs: ['finishedChat'],
      calls: 3,
      run: async probe => {
        const chatId = probe.need('finishedChat')
        if (stateOf(await readChat(probe, chatId)) !== onWire('finished')) throw new NotChecked(notFinished)
        const reply = await probe.send(probe.call(name, { chatId }))
        const isAccepted = reply.status === 200
        const wrong = isAccepted ? [] : refused(closed(chatId))(source)(reply, probe)
        const after = await readChat(probe, chatId)
        const expected = onWire(isAccepted ? 'waiting_for_customer' : 'finished')
        return [...wrong, ...compare(after, { at: 'result.status', expected, got: stateOf(after), source })]
      },
    },
  )

const closed = (chatId: bigint) => badRequestOfOurs(row, `Chat with id '${chatId}' is closed`)
const readChat = (probe: Probe, chatId: bigint) => probe.read(probe.call('getChat', { chatId }))
const stateOf = ({ json }: Reply) => field(json, 'result', 'status')

/** What becomes of a shop's message when the chat is over. */
export const finished: Check[] = [refusedOrReopened('sendMessageToChat'), refusedOrReopened('sendFileToChat')]
