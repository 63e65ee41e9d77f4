import { ActionIcon, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBolt, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../ui/clock/clock.ts'
import { Read } from '../../../ui/feedback/read.tsx'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useFormat } from '../../../ui/format.ts'
import { useLab } from '../../data/lab.ts'
import { callLab, type LabAnswerOf } from '../../data/market.ts'
import { useNames } from './names.ts'
import { NewFault } from './new-fault.tsx'
import { useRefusals } from './refusals.ts'
import { Section } from './section.tsx'

type Fault = LabAnswerOf<'GET /faults'>['faults'][number]

/** The faults that are on: what fails, how often it has, and until when. */
export function Faults() {
  const { t } = useTranslation('lab')
  const faults = useLab('GET /faults')
  const [isMaking, { open, close }] = useDisclosure()
  const count = faults.data?.faults.length ?? 0
  const acts = (
    <>
      {count > 1 && <ClearButton />}
      <Button variant="default" leftSection={<IconBolt size={14} />} onClick={open}>
        {t('makeFault')}
      </Button>
    </>
  )
  return (
    <Section id="faults" title={t('faults')} acts={acts}>
      <Read query={faults}>{({ faults }) => <FaultList faults={faults} />}</Read>
      {isMaking && <NewFault onClose={close} />}
    </Section>
  )
}

function ClearButton() {
  const { t } = useTranslation('lab')
  const clear = useAct(() => callLab('DELETE /faults'))
  return (
    <Button variant="subtle" color="overdue" loading={clear.isPending} onClick={() => void clear.run(undefined)}>
      {t('clearFaults')}
    </Button>
  )
}

function FaultList({ faults }: { faults: readonly Fault[] }) {
  const { t } = useTranslation('lab')
  if (faults.length === 0) return <p className="muted lab-none">{t('faultsEmpty')}</p>
  return (
    <ul className="lab-list">
      {faults.toReversed().map(fault => (
        <FaultRow key={String(fault.faultId)} fault={fault} />
      ))}
    </ul>
  )
}

function FaultRow({ fault }: { fault: Fault }) {
  const { t } = useTranslation('lab')
  const nameOf = useNames()
  const format = useFormat()
  const refusals = useRefusals()
  const { faultId, target, used, budget, probability, operation, businessId, delayMs } = fault
  const remove = useAct(() => callLab('DELETE /faults/{faultId}', { params: { faultId } }))
  const name = nameOf('fault', fault.fault)
  const facts = [
    nameOf('target', target),
    refusals.find(({ name }) => name === fault.refusal)?.words,
    operation,
    delayMs !== undefined && format.duration(delayMs),
    probability < 1 && t('faultOften', { percent: Math.round(probability * 100) }),
    businessId === undefined && t('faultEverywhere'),
  ].filter(fact => fact !== false && fact !== undefined)
  return (
    <li>
      <div className="lab-list-text">
        <strong>{name}</strong>
        <span className="meta">{facts.join(' · ')}</span>
        <span className="meta num">
          {t('faultUsed', { used, budget })} · <Ends fault={fault} />
        </span>
      </div>
      {fault.isOver && <StatusChip text={t('faultOver')} />}
      <ActionIcon aria-label={t('removeFault', { name })} onClick={() => void remove.run(undefined)}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}

function Ends({ fault: { endsAt, isOver } }: { fault: Fault }) {
  const { t } = useTranslation('lab')
  const format = useFormat()
  const now = useNow()
  const ends = new Date(endsAt)
  const when = !isOver && ends > now ? format.relative(ends, now) : undefined
  return when ? t('faultEnds', { when }) : t('faultOver')
}
