import {
  IconBoxSeam,
  IconCamera,
  IconFileInvoice,
  IconFlame,
  IconGavel,
  IconLanguage,
  IconMessage,
  IconMessageQuestion,
  IconMoodSmile,
  IconPhoto,
  IconReload,
  IconRuler2,
  IconSpeakerphone,
  IconTruckReturn,
  IconUsersGroup,
  IconZoomQuestion,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockNow } from '../../../ui/clock/clock.ts'
import { Read } from '../../../ui/feedback/read.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBusinessId } from '../../data/business.ts'
import { useLab } from '../../data/lab.ts'
import { callLab, type LabAnswerOf } from '../../data/market.ts'
import { Did, type Played } from './did.tsx'
import { useNames } from './names.ts'
import { Section } from './section.tsx'

const icons: Record<string, typeof IconMessage> = {
  'where-is-my-order': IconBoxSeam,
  'wrong-size': IconRuler2,
  'defect-with-photo': IconCamera,
  'return-request': IconTruckReturn,
  invoice: IconFileInvoice,
  'in-stock': IconZoomQuestion,
  'angry-and-impatient': IconFlame,
  'dispute-won-by-buyer': IconGavel,
  'dispute-won-by-shop': IconGavel,
  'burst-of-buyers': IconUsersGroup,
  'foreign-buyer': IconLanguage,
  'sticker-only': IconMoodSmile,
  'photo-series': IconPhoto,
  'message-after-finish': IconReload,
  'market-notice': IconSpeakerphone,
  'direct-question': IconMessageQuestion,
}

const playedShown = 20

/** Scenarios as buttons, and under them the result of each press. */
export function Scenarios() {
  const { t } = useTranslation('lab')
  const [played, setPlayed] = useState<readonly Played[]>([])
  const nameOf = useNames()
  const scenarios = useLab('GET /scenarios')
  const businessId = BigInt(useBusinessId())
  const play = useAct(
    (name: string) => callLab('POST /scenarios/{name}', { params: { name }, body: { businessId } }),
    done => {
      setPlayed(before => [{ ...done, at: clockNow() }, ...before].slice(0, playedShown))
      // The result is listed below, where it may be out of sight.
      toastDone(t('played', { scenario: nameOf('scenario', done.scenario), count: done.chatIds.length }))
    },
  )
  return (
    <Section id="scenarios" title={t('scenarios')}>
      <p className="lab-hint">{t('scenariosHint')}</p>
      <Read query={scenarios}>
        {({ scenarios }) => (
          <div className="scenarios">
            {scenarios.map(scenario => (
              <ScenarioButton
                key={scenario.name}
                scenario={scenario}
                isBusy={play.isPending}
                onPlay={() => void play.run(scenario.name)}
              />
            ))}
          </div>
        )}
      </Read>
      <Did played={played} />
    </Section>
  )
}

type Scenario = LabAnswerOf<'GET /scenarios'>['scenarios'][number]
type ButtonProps = { scenario: Scenario; isBusy: boolean; onPlay: () => void }

function ScenarioButton({ scenario: { name, description }, isBusy, onPlay }: ButtonProps) {
  const nameOf = useNames()
  const Icon = icons[name] ?? IconMessage
  return (
    // Not disabled while it is busy: a disabled button would lose the focus.
    <button type="button" className="scenario" aria-disabled={isBusy} onClick={() => !isBusy && onPlay()}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <span>
        <strong>{nameOf('scenario', name)}</strong>
        <span className="meta">{nameOf('scenarioNote', name, description)}</span>
      </span>
    </button>
  )
}
