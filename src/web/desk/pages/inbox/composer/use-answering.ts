import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { textMaxLength } from '#contract'
import type { Answer, Message, OpenChat } from '#desk-protocol'
import { useFreshness } from '../../../../parts/events/freshness.ts'
import { ProblemError } from '../../../../ui/feedback/problem.ts'
import { putAnswer } from '../../../data/chat.ts'
import { type ChatPlace, useOpenNext } from '../../../data/chats.ts'
import { newId } from '../../../data/new-id.ts'
import { usePreferences } from '../../../data/preferences.ts'
import { noteLastAnswer } from '../take-back/last-answer.ts'
import { slotsOf } from './canned/slots.ts'
import { postFile, postText, type Sending } from './post-answer.ts'
import { splitText } from './split-text.ts'
import { useDraft } from './use-draft.ts'
import type { Files } from './use-files.ts'
import { type AnswerNumber, useSeen } from './use-seen.ts'

type Given = { place: ChatPlace; chat: OpenChat; messages: readonly Message[]; files: Files }
type How = { isNext: boolean; anyway?: boolean; isAsIs?: boolean }
const nothingNew = { newMessages: 0, newAnswers: 0 }
type Failed = { says: string; error: unknown; how: How }

/** Writing an answer and sending it. What was not taken stays in the field, with the reason. */
export function useAnswering({ place, chat, messages, files }: Given) {
  const draft = useDraft(place, chat.draft ?? '')
  const { text } = draft
  const sender = useSender(place, chat)
  const seen = useSeen({ messages, chat, isEmpty: text === '' && files.files.length === 0, own: sender.lastNumber })
  const whyNot = useWhyNot(text, files)
  const run = async (parts: readonly string[], how: How) => {
    const isSent = await sender.send({ parts, files, how, seen, onSent: () => draft.write('') })
    if (isSent) seen.acknowledge()
  }
  return {
    text,
    write: draft.write,
    ...{ whyNot, unfilled: slotsOf(text).map(({ name }) => name) },
    draftSays: draft.isKept ? ('draftKept' as const) : ('draftLocal' as const),
    isPending: sender.isPending,
    failed: sender.failed,
    meanwhile: {
      newMessages: Math.max(seen.newMessages, sender.refusedFor.newMessages),
      newAnswers: Math.max(seen.newAnswers, sender.refusedFor.newAnswers),
    },
    acknowledge: () => {
      seen.acknowledge()
      sender.forget()
    },
    send: async (how: How) => {
      if (whyNot === undefined || (whyNot === 'whyUnfilled' && how.isAsIs))
        await run(text.trim() === '' ? [] : [text.trim()], how)
    },
    sendSplit: () => run(splitText(text, textMaxLength), { isNext: false }),
  }
}

export type Answering = ReturnType<typeof useAnswering>

function useWhyNot(text: string, { files }: Files) {
  const { state } = useFreshness()
  if (state === 'lost') return 'whyOffline' as const
  if (text.length > textMaxLength) return 'whyLong' as const
  if (text.trim() === '' && files.length === 0) return 'whyEmpty' as const
  if (files.some(file => file.state === 'lost')) return 'whyLost' as const
  if (files.some(file => file.state === 'coming')) return 'whyComing' as const
  return slotsOf(text).length > 0 ? ('whyUnfilled' as const) : undefined
}

type Batch = {
  parts: readonly string[]
  files: Files
  how: How
  seen: { messageId: Message['messageId'] | undefined; answer: AnswerNumber }
  onSent: () => void
}

/** One batch at a time: texts, then files. A batch that is tried again goes on with the ids it had. */
function useSender(place: ChatPlace, chat: OpenChat) {
  const client = useQueryClient()
  const openNext = useOpenNext(useSearch({ from: '/frame/inbox' }))
  const { undoSeconds } = usePreferences()
  const [isPending, setPending] = useState(false)
  const [failed, setFailed] = useState<Failed>()
  const [refusedFor, setRefusedFor] = useState(nothingNew)
  const [lastNumber, setLastNumber] = useState<AnswerNumber>(0)
  const [ids, setIds] = useState<Readonly<Record<string, string>>>({})
  const forget = () => {
    setFailed(undefined)
    setRefusedFor(nothingNew)
  }
  const post = async ({ parts, files, how, seen, onSent }: Batch) => {
    const known: Record<string, string> = { ...ids }
    for (const [index, text] of parts.entries()) known[`${index} ${text}`] ??= newId()
    setIds(known)
    const rest = { undoSeconds, seenMessageId: seen.messageId, seenAnswer: seen.answer, anyway: how.anyway }
    const put = (answer: Answer) => {
      setLastNumber(answer.number)
      putAnswer(client, place, answer)
    }
    for (const [index, text] of parts.entries()) {
      const sending: Sending = { answerId: known[`${index} ${text}`] ?? '', ...rest, anyway: rest.anyway || index > 0 }
      const answer = await postText(place, text, sending)
      put(answer)
      noteLastAnswer({ place, answerId: answer.answerId, leavesAt: Date.parse(answer.leavesAt), to: nameOf(chat) })
    }
    if (parts.length > 0) onSent()
    for (const chosen of files.files) {
      if (chosen.state !== 'here') continue
      const { answerId, file } = chosen
      put(await postFile(place, file, { answerId, ...rest, anyway: true }))
      files.remove(answerId)
    }
  }
  const send = async (batch: Batch): Promise<boolean> => {
    if (isPending) return false
    setPending(true)
    forget()
    try {
      await post(batch)
      setIds({})
      await refreshLists(client)
      if (batch.how.isNext) await openNext(place)
      return true
    } catch (error) {
      const news = newsOf(error)
      if (news) setRefusedFor(news)
      else setFailed({ says: batch.parts[0] ?? batch.files.files[0]?.name ?? '', error, how: batch.how })
      return false
    } finally {
      setPending(false)
    }
  }
  return { send, forget, isPending, failed, refusedFor, lastNumber }
}

const nameOf = ({ customerName, context, chatId }: OpenChat) => customerName || String(context.orderId ?? chatId)

function refreshLists(client: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [, call] }) => call === 'GET /chats' || call === 'GET /views',
    refetchType: 'none',
  })
}

/** How many messages and answers the server found that the writer has not seen; undefined if that is not why it refused. */
function newsOf(error: unknown): typeof nothingNew | undefined {
  if (!(error instanceof ProblemError) || error.status !== 409) return undefined
  const { newMessages, newAnswers } = error.problem
  if (typeof newMessages !== 'number' || typeof newAnswers !== 'number') return undefined
  return { newMessages, newAnswers }
}
