import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { useFormat } from '../../../../ui/format.ts'
import { useCabinetList } from '../../../data/cabinets.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { keyOf, useDesk } from '../../../data/reads.ts'
import { useSession } from '../../../data/session.ts'

/** While a first mirror runs, what is there is shown, with the progress above it. */
export function FirstMirror() {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const [cabinet] = useCabinetList().filter(({ freshness }) => freshness.phase === 'reading')
  if (!cabinet) return null
  const { chatsDone, chatsKnown } = cabinet.freshness
  const says = t('firstMirror', { done: format.number(chatsDone), known: format.number(chatsKnown) })
  return (
    <div className="inbox-note">
      <span>{says}</span>
      <progress aria-label={says} max={Math.max(chatsKnown, 1)} value={chatsDone} />
    </div>
  )
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
