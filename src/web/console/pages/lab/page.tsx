import { IconFlaskOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { useSession } from '../../data/session.ts'
import { Buyers } from './buyers.tsx'
import { ClockSection } from './clock.tsx'
import { Faults } from './faults.tsx'
import { Scenarios } from './scenarios.tsx'
import { Snapshots } from './snapshots.tsx'
import './lab.css'

const startLine = 'npx prilavok market --lab'

const sections = ['scenarios', 'buyers', 'clock', 'faults', 'snapshots'] as const

/** Buyers, scenarios, faults and time, to see how an integration reacts. */
export function LabPage() {
  const { t } = useTranslation(['lab', 'frame'])
  return (
    <Page title={t('frame:lab')}>
      <Read query={useSession()}>
        {({ hasLab }) =>
          hasLab ? (
            <div className="lab">
              <Anchors />
              <div className="lab-main">
                <Scenarios />
                <Buyers />
              </div>
              <div className="lab-side">
                <ClockSection />
                <Faults />
                <Snapshots />
              </div>
            </div>
          ) : (
            <EmptyState icon={IconFlaskOff} title={t('offTitle')} hint={t('offHint')}>
              <CodeValue text={startLine} isWhole />
            </EmptyState>
          )
        }
      </Read>
    </Page>
  )
}

/** Where all stands below each other: the way to each part. */
function Anchors() {
  const { t } = useTranslation('lab')
  return (
    <nav className="lab-anchors" aria-label={t('parts')}>
      {sections.map(section => (
        <a key={section} href={`#lab-${section}`}>
          {t(section === 'scenarios' ? 'scenariosShort' : section)}
        </a>
      ))}
    </nav>
  )
}
