import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { useBusinessId } from '../../data/business.ts'
import { callLab } from '../../data/market.ts'
import { type CoverageCase, useCaseTitle } from './coverage.ts'

/** Cases with where they were met, or how to bring them about. */
export function CaseList({ cases }: { cases: readonly CoverageCase[] }) {
  return (
    <ul className="coverage-list">
      {cases.map(one => (
        <CaseRow key={one.name} one={one} />
      ))}
    </ul>
  )
}

function CaseRow({ one }: { one: CoverageCase }) {
  const { t } = useTranslation('coverage')
  const titleOf = useCaseTitle()
  const { status, code, state, count, operations = [] } = one
  const met = operations.filter(({ count }) => count > 0).map(({ operation }) => operation)
  return (
    <li>
      <div className="coverage-text">
        <span className="coverage-title">{titleOf(one)}</span>
        <span className="meta">
          {code !== undefined && <span className="mono">{code} </span>}
          {state === 'MET' && <span className="num">{t('times', { count })} </span>}
          {met.length > 0 && t('at', { operations: met.join(', ') })}
        </span>
        {state === 'MISSED' && <Hint one={one} />}
      </div>
      {status !== undefined && <StatusChip tone={status < 500 ? 'near' : 'overdue'} text={String(status)} />}
      {state === 'MISSED' && one.fault && <ProvokeButton fault={one.fault} />}
    </li>
  )
}

/** For what no fault brings about. */
function Hint({ one: { name, trigger, fault } }: { one: CoverageCase }) {
  const { t } = useTranslation('coverage')
  if (trigger !== undefined) return <CodeValue text={`npx prilavok trigger ${trigger}`} />
  if (fault) return null
  return <span className="meta">{t(name === 'PING' ? 'pingHint' : 'retryHint')}</span>
}

function ProvokeButton({ fault }: { fault: NonNullable<CoverageCase['fault']> }) {
  const { t } = useTranslation('coverage')
  const businessId = BigInt(useBusinessId())
  const provoke = useAct(
    () => callLab('POST /faults', { body: { ...fault, businessId } }),
    () => toastDone(t('provoked')),
  )
  return (
    <Button variant="default" loading={provoke.isPending} onClick={() => void provoke.run(undefined)}>
      {t('provoke')}
    </Button>
  )
}

/** Cases by their titles alone, folded up. */
export function CaseNames({ title, cases }: { title: string; cases: readonly CoverageCase[] }) {
  const titleOf = useCaseTitle()
  if (cases.length === 0) return null
  return (
    <details className="coverage-names">
      <summary>
        {title} <span className="num muted">{cases.length}</span>
      </summary>
      <ul>
        {cases.map(one => (
          <li key={one.name}>{titleOf(one)}</li>
        ))}
      </ul>
    </details>
  )
}
