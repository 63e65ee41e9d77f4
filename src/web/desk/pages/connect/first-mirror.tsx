import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cabinet, Sync } from '#desk-protocol'
import { Read } from '../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { CallsOfHour } from '../../cabinet/calls-of-hour.tsx'
import { ChatsRead } from '../../cabinet/chats-read.tsx'
import { PauseButton } from '../../cabinet/pause-button.tsx'
import { useCabinet } from '../../data/cabinets.ts'
import { followDesk } from '../../data/follow-desk.ts'
import { useDesk } from '../../data/reads.ts'
import { useIsOwner } from '../../data/session.ts'
import { ConnectBox } from './connect-box.tsx'

// Calls are counted without an event.
const pollMs = 5_000

/** The last step: the chats come, newest first. It can be paused, and the inbox is open meanwhile. */
export function FirstMirrorPage() {
  const { cabinetId } = useParams({ from: '/connect/$cabinetId' })
  const client = useQueryClient()
  const cabinet = useCabinet(cabinetId)
  const isEnabled = cabinet !== undefined
  const follow = { topics: ['cabinets'], pollMs, isEnabled }
  const sync = useDesk('GET /cabinets/{cabinetId}/sync', follow, { params: { cabinetId } })
  useEffect(() => followDesk(client), [client])
  // Cabinets are known before any page is shown: this one is none, or none any more.
  if (!cabinet) return <Navigate to="/connect" replace />
  return <Read query={sync}>{read => <Mirror cabinet={cabinet} sync={read} />}</Read>
}

type Props = { cabinet: Cabinet; sync: Sync }
type Stage = 'listing' | 'reading' | 'paused' | 'refused' | 'away' | 'done'

function stageOf({ phase, isMirrored }: Cabinet['freshness']): Stage {
  if (phase === 'away' || phase === 'refused') return phase
  if (isMirrored || phase === 'live') return 'done'
  return phase
}

function Mirror({ cabinet, sync }: Props) {
  const { t } = useTranslation('connect')
  const isOwner = useIsOwner()
  const { cabinetId, name, freshness } = cabinet
  const stage = stageOf(freshness)
  return (
    <ConnectBox title={t(`mirror_${stage}`, { name })}>
      <p className="muted">{cabinet.refusal ?? t(`mirrorHint_${stage}`)}</p>
      <Reading stage={stage} freshness={freshness} />
      <CallsOfHour limits={sync.limits} />
      <div className="form-acts">
        {isOwner && stage !== 'done' && <PauseButton size="sm" cabinet={cabinet} />}
        <LinkButton size="sm" to="/inbox" search={{ view: 'all', cabinetId: String(cabinetId) }}>
          {t(stage === 'done' ? 'toInbox' : 'toInboxNow')}
        </LinkButton>
      </div>
    </ConnectBox>
  )
}

function Reading({ stage, freshness }: { stage: Stage; freshness: Cabinet['freshness'] }) {
  const { t } = useTranslation('connect')
  const format = useFormat()
  const { chatsDone, chatsKnown, endsAt } = freshness
  if (chatsKnown === 0) return null
  const says = t('chatsRead', { done: format.number(chatsDone), count: chatsKnown, known: format.number(chatsKnown) })
  return (
    <div className="connect-reading num">
      <ChatsRead label={says} done={chatsDone} known={chatsKnown} />
      <span>
        {says}
        {stage === 'reading' && endsAt !== undefined && ` · ${t('endsAt', { time: format.minute(new Date(endsAt)) })}`}
      </span>
    </div>
  )
}
