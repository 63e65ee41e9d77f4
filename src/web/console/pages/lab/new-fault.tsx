import { Button, Checkbox, Modal, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOf, operations } from '#contract'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBusinessId } from '../../data/business.ts'
import { callLab, type LabBodyOf, useNames } from '../../data/lab-api.ts'

type Wish = LabBodyOf<'POST /faults'>
type Target = Wish['target']
type Fault = Wish['fault']

/** What can go wrong where, as the lab has it. */
const faultsOf: Record<Target, readonly Fault[]> = {
  api: ['answer-500', 'answer-503', 'answer-420', 'delay', 'drop-connection'],
  notification: ['drop', 'duplicate', 'reorder', 'delay'],
  file: ['url-expired'],
}
const targets = keysOf(faultsOf)

/** Asks what goes wrong, how often and until when. */
export function NewFault({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['lab', 'ui'])
  const nameOf = useNames()
  const [target, setTarget] = useState<Target>('api')
  const [fault, setFault] = useState<Fault>('answer-500')
  const [operation, setOperation] = useState<string | null>(null)
  const [percent, setPercent] = useState<string | number>(100)
  const [budget, setBudget] = useState<string | number>(10)
  const [minutes, setMinutes] = useState<string | number>(10)
  const [delayMs, setDelayMs] = useState<string | number>(1000)
  const [isHereOnly, setHereOnly] = useState(true)
  const businessId = BigInt(useBusinessId())
  const make = useAct((body: Wish) => callLab('POST /faults', { body }), onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const only = operation as NonNullable<Wish['operation']> | null // one of operations
    void make.run({
      ...{ target, fault, probability: Number(percent) / 100 },
      ...{ budget: Number(budget), forSeconds: Math.round(Number(minutes) * 60) },
      ...(fault === 'delay' && { delayMs: Number(delayMs) }),
      ...(target === 'api' && only && { operation: only }),
      ...(isHereOnly && { businessId }),
    })
  }
  const choose = (next: string) => {
    const target = next as Target // one of data
    setTarget(target)
    setFault(before => faultsOf[target].find(fault => fault === before) ?? (faultsOf[target][0] as Fault)) // none is empty
  }
  return (
    <Modal opened onClose={onClose} title={t('makeFault')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form className="form" onSubmit={submit}>
        <SegmentedControl
          fullWidth
          aria-label={t('where')}
          data={targets.map(value => ({ value, label: nameOf('target', value) }))}
          value={target}
          onChange={choose}
        />
        <Select
          label={t('what')}
          data={faultsOf[target].map(value => ({ value, label: nameOf('fault', value) }))}
          value={fault}
          allowDeselect={false}
          data-autofocus
          onChange={value => setFault(value as Fault)} // one of data
        />
        {fault === 'delay' && (
          <NumberInput label={t('delayMs')} min={0} max={600_000} value={delayMs} onChange={setDelayMs} />
        )}
        {target === 'api' && (
          <Select
            label={t('ofOperation')}
            placeholder={t('anyOperation')}
            clearable
            searchable
            data={Object.keys(operations)}
            value={operation}
            onChange={setOperation}
          />
        )}
        <div className="lab-three">
          <NumberInput label={t('probability')} min={1} max={100} value={percent} onChange={setPercent} />
          <NumberInput label={t('budget')} min={1} max={1_000_000} value={budget} onChange={setBudget} />
          <NumberInput label={t('forMinutes')} min={1} max={44_640} value={minutes} onChange={setMinutes} />
        </div>
        <Checkbox
          label={t('hereOnly')}
          checked={isHereOnly}
          onChange={event => setHereOnly(event.currentTarget.checked)}
        />
        <div className="form-acts">
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('faultDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
