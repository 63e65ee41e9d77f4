import { Button } from '@mantine/core'
import { type Icon, IconAlertTriangle, IconCheck, IconClock, IconLoader2, IconQuestionMark } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#desk-protocol'
import { clockNow, useNow } from '../../../../ui/clock/clock.ts'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { CopyButton } from '../../../../ui/form/copy.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { dropAnswer, putAnswer, refreshChat } from '../../../data/chat.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { useTakeBack } from '../take-back/use-take-back.ts'

const icons: Record<Answer['state'], Icon> = {
  waiting: IconClock,
  sending: IconLoader2,
  sent: IconCheck,
  confirmed: IconCheck,
  failed: IconAlertTriangle,
  unknown: IconQuestionMark,
  cancelled: IconCheck,
}

type Props = { place: ChatPlace; answer: Answer }

/** What became of an answer, and what can be done about it. */
export function AnswerFoot({ place, answer }: Props) {
  const { t } = useTranslation('writing')
  const { state } = answer
  const Icon = icons[state]
  return (
    <footer className="answer-foot" data-state={state}>
      <span className="answer-state">
        <Icon size={14} stroke={1.75} aria-hidden />
        {state === 'waiting' ? <Waiting answer={answer} /> : t(`answer_${state}`)}
      </span>
      <Why answer={answer} />
      <Acts place={place} answer={answer} />
    </footer>
  )
}

/** What stands in the way, and what to do. */
function Why({ answer: { state, why, reason, nextAt } }: { answer: Answer }) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  if (state === 'unknown') return <span className="answer-why">{t('unknownHint')}</span>
  if (reason === undefined) return null
  const time = nextAt === undefined ? '' : format.minute(new Date(nextAt))
  return <span className="answer-why">{t(`why_${reason}`, { why: why ?? '', time })}</span>
}

function Waiting({ answer }: { answer: Answer }) {
  const { t } = useTranslation('writing')
  useNow() // drawn anew each second
  const ms = Date.parse(answer.leavesAt) - clockNow().getTime()
  return <span className="num">{ms > 0 ? t('leavesIn', { seconds: Math.ceil(ms / 1000) }) : t('away')}</span>
}

function Acts({ place, answer }: Props) {
  const { t } = useTranslation('writing')
  const acts = useAnswerActs(place, answer)
  const takeBack = useTakeBack()
  const { state, text } = answer
  if (state === 'waiting')
    return <Act onDo={() => takeBack({ place, answerId: answer.answerId })} says={t('takeBack')} />
  if (state !== 'failed' && state !== 'unknown') return null
  return (
    <span className="answer-acts">
      {state === 'unknown' && <Act onDo={acts.look} says={t('look')} />}
      <Act onDo={() => void acts.again.run(undefined)} isBusy={acts.again.isPending} says={t('again')} />
      <Act onDo={() => void acts.dismiss.run(undefined)} isBusy={acts.dismiss.isPending} says={t('dismiss')} />
      {text !== undefined && <CopyButton text={text} label={t('copyText')} />}
    </span>
  )
}

function Act({ onDo, says, isBusy = false }: { onDo: () => void; says: string; isBusy?: boolean }) {
  return (
    <Button size="compact-xs" variant="default" loading={isBusy} onClick={onDo}>
      {says}
    </Button>
  )
}

const path = '/cabinets/{cabinetId}/chats/{chatId}/answers/{answerId}'

function useAnswerActs(place: ChatPlace, { answerId }: Answer) {
  const client = useQueryClient()
  const params = { ...place, answerId }
  return {
    again: useAct(
      () => callDesk(`POST ${path}/again`, { params }),
      answer => putAnswer(client, place, answer),
    ),
    dismiss: useAct(
      () => callDesk(`POST ${path}/dismiss`, { params }),
      () => dropAnswer(client, place, answerId),
    ),
    /** Reads everything again: the answer may be among the messages. */
    look: () => refreshChat(client, place),
  }
}
