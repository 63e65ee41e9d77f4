import type { Sql } from '#database'
import { HttpProblem, problems } from '#serving'
import type { FileFolder } from '../../files/file-folder.ts'
import { whyNotAnswer } from '../../inbox/may-answer.ts'
import type { Added, Answers, Wanted } from '../../outbox/index.ts'
import { findAnswer } from '../../store/answers.ts'
import { findAnsweringFacts } from '../../store/cabinet-facts.ts'
import { type Person, personalEndpoint } from '../access/admit.ts'
import { receiveFile } from '../files/receive-file.ts'
import * as operations from '../operations/answers.ts'
import type { Answer } from '../shapes/chat.ts'
import { readUuid } from '../shapes/read-uuid.ts'
import { answerView } from './answer-view.ts'
import { noSuchCabinet, noSuchChat, requireChat } from './require.ts'

type Needs = { sql: Sql; answers: Answers }
type OfChat = { cabinetId: bigint; chatId: bigint }
type Sending = { undoSeconds?: number; seenMessageId?: bigint; seenAnswer?: bigint; anyway?: boolean }

export const addAnswer = personalEndpoint(operations.addAnswer, async (needs: Needs, { params, body, session }) => {
  await requireAnswering(needs.sql, params, session)
  return add(needs, { ...wanted(params, body, session), content: { text: body.text } })
})

export const addFile = personalEndpoint(
  operations.addFile,
  async (needs: Needs & { files: FileFolder }, { params, query, session, raw }) => {
    // Before the file is read, so that nothing is stored for a chat that is not there.
    await requireChat(needs.sql, params, session.accountId)
    await requireAnswering(needs.sql, params, session)
    const answering = wanted(params, query, session)
    const file = await receiveFile(raw, async ({ name, bytes }) => {
      const { hash, sizeBytes } = await needs.files.save(params.cabinetId, bytes)
      return { name, hash: Buffer.from(hash, 'hex'), sizeBytes }
    })
    return add(needs, { ...answering, content: { file } })
  },
)

export const takeBack = personalEndpoint(operations.takeBack, async (needs: Needs, { params }) => {
  const taken = await needs.answers.takeBack(await requireAnswer(needs.sql, params))
  if (taken === undefined) throw problems.conflict('It has left already.')
  return { ...(taken.text !== null && { text: taken.text }) }
})

export const sendAgain = personalEndpoint(operations.sendAgain, async (needs: Needs, { params, session }) => {
  await requireAnswering(needs.sql, params, session)
  const again = await needs.answers.again(await requireAnswer(needs.sql, params))
  if (again === undefined)
    throw problems.conflict('Only what was refused or is not known to have arrived is sent again.')
  return answerView(needs.sql, again)
})

export const dismissAnswer = personalEndpoint(operations.dismissAnswer, async (needs: Needs, { params }) => {
  const dismissed = await needs.answers.dismiss(await requireAnswer(needs.sql, params))
  if (dismissed === undefined)
    throw problems.conflict('Only what was refused or is not known to have arrived is put away.')
  return undefined
})

function wanted(
  chat: OfChat,
  { answerId, undoSeconds = 0, seenMessageId, seenAnswer, anyway }: Sending & { answerId: string },
  { accountId }: Person['session'],
): Omit<Wanted, 'content'> {
  return { ...chat, answerId: readUuid(answerId), accountId, undoSeconds, seenMessageId, seenAnswer, anyway }
}

async function add({ sql, answers }: Needs, answer: Wanted): Promise<Answer> {
  const added = await answers.add(answer)
  if ('answer' in added) return answerView(sql, added.answer)
  throw refusalOf(added)
}

const words = {
  empty: 'There is nothing in it.',
  tooLong: 'A message has 4096 characters at the most: split it.',
}

function refusalOf(added: Exclude<Added, { answer: unknown }>): HttpProblem {
  switch (added.outcome) {
    case 'noChat':
      return noSuchChat()
    case 'otherAnswer':
      return problems.conflict('This answerId is of an answer in another chat.')
    case 'conflict': {
      const { newMessages, newAnswers } = added
      const unseen = { newMessages, newAnswers }
      return new HttpProblem(409, 'Somebody has written meanwhile: look, or send anyway.', unseen)
    }
    default:
      return new HttpProblem(422, words[added.outcome], { why: added.outcome })
  }
}

const whyNotWords = {
  scope: 'The key of this cabinet only reads: give it one that writes.',
  paused: 'This cabinet is paused: go on with it first.',
  refused: 'The market refuses the key of this cabinet: give it another.',
  viewer: 'Viewers do not answer.',
}

async function requireAnswering(sql: Sql, { cabinetId }: OfChat, { role }: Person['session']): Promise<void> {
  const facts = await findAnsweringFacts(sql, cabinetId)
  if (facts === undefined) throw noSuchCabinet()
  const whyNot = whyNotAnswer(facts, role)
  if (whyNot !== undefined) throw new HttpProblem(422, whyNotWords[whyNot], { why: whyNot })
}

/** The answer's key, if it is one of the chat. */
async function requireAnswer(sql: Sql, params: OfChat & { answerId: string }) {
  const key = { ...params, answerId: readUuid(params.answerId) }
  const answer = await findAnswer(sql, key.cabinetId, key.answerId)
  if (answer?.chatId !== key.chatId) throw problems.notFound('The chat has no such answer.')
  return key
}
