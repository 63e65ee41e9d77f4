import { IconTestPipe } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { ConfirmButton } from '../../../ui/form/confirm-button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Page } from '../../../ui/frame/page.tsx'
import { callLab } from '../../data/market.ts'
import { CaseList, CaseNames } from './cases.tsx'
import { type Coverage, useCoverage } from './coverage.ts'
import { Methods } from './methods.tsx'
import './coverage.css'

/** What programs have met of what the API may answer and tell, and above all what they never met. */
export function CoveragePage() {
  const { t } = useTranslation(['coverage', 'frame'])
  const coverage = useCoverage()
  return (
    <Page
      title={t('frame:coverage')}
      note={coverage.data && <Counted coverage={coverage.data} />}
      acts={<ResetButton />}
    >
      <Read query={coverage}>
        {coverage =>
          coverage.cases.every(({ state }) => state === 'UNUSED') ? (
            <EmptyState icon={IconTestPipe} title={t('nothingTitle')} hint={t('nothingHint')} />
          ) : (
            <Cases coverage={coverage} />
          )
        }
      </Read>
    </Page>
  )
}

function Counted({ coverage: { met, of, since } }: { coverage: Coverage }) {
  const { t } = useTranslation('coverage')
  const format = useFormat()
  return t('counted', { met, of, since: format.dateTime(new Date(since)) })
}

function ResetButton() {
  const { t } = useTranslation('coverage')
  const reset = useAct(() => callLab('DELETE /coverage'))
  return (
    <ConfirmButton
      variant="default"
      question={t('resetQuestion')}
      yes={t('reset')}
      isBusy={reset.isPending}
      onYes={() => void reset.run(undefined)}
    >
      {t('reset')}
    </ConfirmButton>
  )
}

function Cases({ coverage: { cases, operations } }: { coverage: Coverage }) {
  const { t } = useTranslation('coverage')
  const missed = cases.filter(({ state, isInProduction }) => state === 'MISSED' && isInProduction)
  const ofProgram = cases.filter(({ state, isInProduction }) => state === 'MISSED' && !isInProduction)
  return (
    <div className="coverage">
      <section aria-labelledby="coverage-missed">
        <h2 id="coverage-missed">{t('missed')}</h2>
        <p className="meta">{missed.length === 0 ? t('missedNone') : t('missedHint')}</p>
        <CaseList cases={missed} />
      </section>
      <div className="coverage-side">
        <section aria-labelledby="coverage-met">
          <h2 id="coverage-met">{t('met')}</h2>
          <CaseList cases={cases.filter(({ state }) => state === 'MET')} />
        </section>
        <Methods operations={operations} />
        <CaseNames title={t('program')} cases={ofProgram} />
        <CaseNames title={t('unused')} cases={cases.filter(({ state }) => state === 'UNUSED')} />
      </div>
    </div>
  )
}
