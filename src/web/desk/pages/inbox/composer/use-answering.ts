import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { textMaxLength } from '#contract'
import type { Message, OpenChat } from '#desk-protocol'
import { useFreshness } from '../../../../parts/events/freshness.ts'
import { ProblemError } from '../../../../ui/feedback/problem.ts'
import { putAnswer } from '../../../data/chat.ts'
import { type ChatPlace, useOpenNext } from '../../../data/chats.ts'
import { newId } from '../../../data/new-id.ts'
import { usePreferences } from '../../../data/preferences.ts'
import { noteLastAnswer } from '../take-back/last-answer.ts'
import { slotsOf } from './canned/slots.ts'
import { postFile, postText, type Sending } from './post-answer.ts'
import { countUnseen, seenOf } from './seen.ts'
import { splitText } from './split-text.ts'
import { useDraft } from './use-draft.ts'
import type { Files } from './use-files.ts'

type Given = { place: ChatPlace; chat: OpenChat; messages: readonly Message[]; files: Files }
type How = { isNext: boolean; anyway?: boolean; isAsIs?: boolean }
type Failed = { says: string; error: unknown; how: How }

/** Writing an answer and sending it. What was not taken stays in the field, with the reason. */
export function useAnswering({ place, chat, messages, files }: Given) {
  const draft = useDraft(place, chat.draft ?? '')
  const { text } = draft
  const seen = useSeen(messages, text === '' && files.files.length === 0)
  const sender = useSender(place, chat)
  const whyNot = useWhyNot(text, files)
  const run = async (parts: readonly string[], how: How) => {
    const isSent = await sender.send({ parts, files, how, seen: seen.messageId, onSent: () => draft.write('') })
    if (isSent) seen.acknowledge()
  }
  return {
    text,
    write: draft.write,
    ...{ whyNot, unfilled: slotsOf(text).map(({ name }) => name) },
    draftSays: draft.isKept ? ('draftKept' as const) : ('draftLocal' as const),
    isPending: sender.isPending,
    failed: sender.failed,
    meanwhile: Math.max(seen.unseen, sender.refusedFor),
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

/** What its writer had seen when the answer was begun. */
function useSeen(messages: readonly Message[], isEmpty: boolean) {
  const newest = messages.at(-1)?.messageId
  const [begun, setBegun] = useState(newest)
  if (isEmpty && begun !== newest) setBegun(newest)
  const messageId = seenOf(messages, begun)
  return { messageId, unseen: countUnseen(messages, messageId), acknowledge: () => setBegun(newest) }
}

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
  seen: Message['messageId'] | undefined
  onSent: () => void
}

/** One batch at a time: texts, then files. A batch that is tried again goes on with the ids it had. */
function useSender(place: ChatPlace, chat: OpenChat) {
  const client = useQueryClient()
  const openNext = useOpenNext(useSearch({ from: '/frame/inbox' }))
  const { undoSeconds } = usePreferences()
  const [isPending, setPending] = useState(false)
  const [failed, setFailed] = useState<Failed>()
  const [refusedFor, setRefusedFor] = useState(0)
  const [ids, setIds] = useState<Readonly<Record<string, string>>>({})
  const forget = () => {
    setFailed(undefined)
    setRefusedFor(0)
  }
  const post = async ({ parts, files, how, seen, onSent }: Batch) => {
    const known: Record<string, string> = { ...ids }
    for (const [index, text] of parts.entries()) known[`${index} ${text}`] ??= newId()
    setIds(known)
    const rest = { undoSeconds, seenMessageId: seen, anyway: how.anyway }
    for (const [index, text] of parts.entries()) {
      const sending: Sending = { answerId: known[`${index} ${text}`] ?? '', ...rest, anyway: rest.anyway || index > 0 }
      const answer = await postText(place, text, sending)
      putAnswer(client, place, answer)
      noteLastAnswer({ place, answerId: answer.answerId, leavesAt: Date.parse(answer.leavesAt), to: nameOf(chat) })
    }
    if (parts.length > 0) onSent()
    for (const chosen of files.files) {
      if (chosen.state !== 'here') continue
      const { answerId, file } = chosen
      putAnswer(client, place, await postFile(place, file, { answerId, ...rest, anyway: true }))
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
      const count = newMessagesOf(error)
      if (count > 0) setRefusedFor(count)
      else setFailed({ says: batch.parts[0] ?? batch.files.files[0]?.name ?? '', error, how: batch.how })
      return false
    } finally {
      setPending(false)
    }
  }
  return { send, forget, isPending, failed, refusedFor }
}

const nameOf = ({ customerName, context, chatId }: OpenChat) => customerName || String(context.orderId ?? chatId)

function refreshLists(client: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [, call] }) => call === 'GET /chats' || call === 'GET /views',
    refetchType: 'none',
  })
}

/** How many messages of others the server found that the writer has not seen. */
function newMessagesOf(error: unknown): number {
  if (!(error instanceof ProblemError) || error.status !== 409) return 0
  const count = error.problem['newMessages']
  return typeof count === 'number' ? count : 0
}
