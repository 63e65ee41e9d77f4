import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockNow } from '../../../ui/clock/clock.ts'
import { Read } from '../../../ui/feedback/read.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBusinessId } from '../../data/business.ts'
import { useLab } from '../../data/lab.ts'
import { callLab, type LabAnswerOf } from '../../data/market.ts'
import { Did, type Played } from './did.tsx'
import { useNames } from './names.ts'
import { groupsOf, iconOf } from './scenario-groups.ts'
import { Section } from './section.tsx'

const playedShown = 5

/** Scenarios as buttons, and under them the result of each press. */
export function Scenarios() {
  const { t } = useTranslation('lab')
  const [played, setPlayed] = useState<readonly Played[]>([])
  const result = useInSight(played)
  const scenarios = useLab('GET /scenarios')
  const businessId = BigInt(useBusinessId())
  const play = useAct(
    (name: string) => callLab('POST /scenarios/{name}', { params: { name }, body: { businessId } }),
    done => setPlayed(before => [{ ...done, at: clockNow() }, ...before].slice(0, playedShown)),
  )
  return (
    <Section id="scenarios" title={t('scenarios')}>
      <p className="lab-hint">{t('scenariosHint')}</p>
      <Read query={scenarios}>
        {({ scenarios }) => (
          <div className="scenario-groups">
            {groupsOf(scenarios).map(([group, some]) => (
              <fieldset key={group} className="scenarios">
                <legend>{t(`group_${group}`)}</legend>
                {some.map(scenario => (
                  <ScenarioButton
                    key={scenario.name}
                    scenario={scenario}
                    isBusy={play.isPending}
                    onPlay={() => void play.run(scenario.name)}
                  />
                ))}
              </fieldset>
            ))}
          </div>
        )}
      </Read>
      <div ref={result}>
        <Did played={played} />
      </div>
    </Section>
  )
}

/** What was just played is brought into sight: it is listed below the scenarios. */
function useInSight(played: readonly Played[]) {
  const result = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (played.length > 0) result.current?.scrollIntoView({ block: 'nearest' })
  }, [played])
  return result
}

type Scenario = LabAnswerOf<'GET /scenarios'>['scenarios'][number]
type ButtonProps = { scenario: Scenario; isBusy: boolean; onPlay: () => void }

function ScenarioButton({ scenario: { name, description }, isBusy, onPlay }: ButtonProps) {
  const nameOf = useNames()
  const Icon = iconOf(name)
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
