import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Cabinet } from '#desk-protocol'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { LinkButton } from '../../../../ui/form/link-button.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { ChatsRead } from '../../../cabinet/chats-read.tsx'
import { PauseButton } from '../../../cabinet/pause-button.tsx'
import { useCabinetList } from '../../../data/cabinets.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { keyOf, useDesk } from '../../../data/reads.ts'
import { useIsOwner, useSession } from '../../../data/session.ts'

/** While a first mirror runs, what is there is shown, with the progress above it; it can be paused. */
export function FirstMirror() {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const isOwner = useIsOwner()
  const cabinet = useCabinetList().find(isInFirstMirror)
  if (!cabinet) return null
  const { chatsDone, chatsKnown, phase } = cabinet.freshness
  const counts = { done: format.number(chatsDone), known: format.number(chatsKnown) }
  const says = t(phase === 'paused' ? 'firstMirrorPaused' : 'firstMirror', counts)
  return (
    <div className="inbox-note">
      <span>{says}</span>
      <ChatsRead label={says} done={chatsDone} known={chatsKnown} />
      <span className="row">
        {isOwner && <PauseButton size="compact-xs" cabinet={cabinet} />}
        <LinkButton
          size="compact-xs"
          variant="subtle"
          to="/connect/$cabinetId"
          params={{ cabinetId: String(cabinet.cabinetId) }}
        >
          {t('firstMirrorOf')}
        </LinkButton>
      </span>
    </div>
  )
}

function isInFirstMirror({ freshness: { phase, isMirrored, chatsKnown } }: Cabinet): boolean {
  return !isMirrored && chatsKnown > 0 && (phase === 'reading' || phase === 'paused')
}

/** Beside a lab: simulated buyers write now and then, and can be told to be silent. */
export function Trickle() {
  const { t } = useTranslation('inbox')
  const { data: session } = useSession()
  const hasLab = session?.hasLab ?? false
  const client = useQueryClient()
  const trickle = useDesk('GET /trickle', { topics: [], isEnabled: hasLab })
  const put = useAct(
    (isOn: boolean) => callDesk('PUT /trickle', { body: { isOn } }),
    done => client.setQueryData(keyOf('GET /trickle'), done),
  )
  if (!hasLab || !trickle.data) return null
  const { isOn } = trickle.data
  return (
    <div className="inbox-trickle meta">
      <span className="cut">{t(isOn ? 'trickleOn' : 'trickleOff')}</span>
      <button type="button" onClick={() => void put.run(!isOn)}>
        {t(isOn ? 'tricklePause' : 'trickleResume')}
      </button>
    </div>
  )
}
