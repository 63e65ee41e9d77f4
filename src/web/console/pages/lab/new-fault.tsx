import { Checkbox, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOf, operations } from '#contract'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../parts/dialog/form-in-dialog.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBusinessId } from '../../data/business.ts'
import { callLab, type LabBodyOf } from '../../data/market.ts'
import { useNames } from './names.ts'
import { useRefusals } from './refusals.ts'

type Wish = LabBodyOf<'POST /faults'>
type Target = Wish['target']
type FaultName = Wish['fault']
type OperationName = NonNullable<Wish['operation']>
type RefusalName = NonNullable<Wish['refusal']>

/** The faults of each target, as the lab declares them. */
const faultsOf: Record<Target, readonly [FaultName, ...FaultName[]]> = {
  api: ['answer-500', 'answer-503', 'answer-420', 'refuse', 'delay', 'drop-connection'],
  notification: ['drop', 'duplicate', 'reorder', 'delay', 'drop-answer'],
  file: ['url-expired'],
}
const targets = keysOf(faultsOf)
const operationNames: OperationName[] = keysOf(operations)

/** Asks which fault, how often and until when. */
export function NewFault({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('lab')
  const form = useFaultForm()
  const make = useAct((body: Wish) => callLab('POST /faults', { body }), onClose)
  return (
    <Dialog title={t('makeFault')} onClose={onClose}>
      <FormInDialog
        submit={t('faultDo')}
        isBusy={make.isPending}
        onSubmit={() => void make.run(form.wish)}
        onCancel={onClose}
      >
        <What form={form} />
        <div className="lab-three">
          <NumberInput label={t('probability')} min={1} max={100} value={form.percent} onChange={form.setPercent} />
          <NumberInput label={t('budget')} min={1} max={1_000_000} value={form.budget} onChange={form.setBudget} />
          <NumberInput label={t('forMinutes')} min={1} max={44_640} value={form.minutes} onChange={form.setMinutes} />
        </div>
        <Checkbox
          label={t('hereOnly')}
          checked={form.isHereOnly}
          onChange={event => form.setHereOnly(event.currentTarget.checked)}
        />
      </FormInDialog>
    </Dialog>
  )
}

type FaultForm = ReturnType<typeof useFaultForm>

/** The fields of the form, and the request they make. */
function useFaultForm() {
  const businessId = BigInt(useBusinessId())
  const what = useWhat()
  const [percent, setPercent] = useState<string | number>(100)
  const [budget, setBudget] = useState<string | number>(10)
  const [minutes, setMinutes] = useState<string | number>(10)
  const [isHereOnly, setHereOnly] = useState(true)
  const wish: Wish = {
    ...what.wish,
    probability: Number(percent) / 100,
    ...{ budget: Number(budget), forSeconds: Math.round(Number(minutes) * 60) },
    ...(isHereOnly && { businessId }),
  }
  return { ...what, percent, setPercent, budget, setBudget, minutes, setMinutes, isHereOnly, setHereOnly, wish }
}

function useWhat() {
  const [target, setTarget] = useState<Target>('api')
  const [fault, setFault] = useState<FaultName>('answer-500')
  const [operation, setOperation] = useState<OperationName | null>(null)
  const [delayMs, setDelayMs] = useState<string | number>(1000)
  const [refusal, setRefusal] = useState<RefusalName>('chatClosed')
  const wish = {
    ...{ target, fault },
    ...(fault === 'delay' && { delayMs: Number(delayMs) }),
    ...(fault === 'refuse' && { refusal }),
    ...(target === 'api' && operation && { operation }),
  }
  const chooseTarget = (next: Target) => {
    setTarget(next)
    setFault(before => faultsOf[next].find(fault => fault === before) ?? faultsOf[next][0])
  }
  return {
    ...{ target, chooseTarget, fault, setFault, operation, setOperation },
    ...{ delayMs, setDelayMs, refusal, setRefusal, wish },
  }
}

function What({ form }: { form: FaultForm }) {
  const { t } = useTranslation('lab')
  const nameOf = useNames()
  const { target, fault } = form
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('where')}
        data={targets.map(value => ({ value, label: nameOf('target', value) }))}
        value={target}
        onChange={form.chooseTarget}
      />
      <Select
        label={t('what')}
        data={faultsOf[target].map(value => ({ value, label: nameOf('fault', value) }))}
        value={fault}
        allowDeselect={false}
        data-autofocus
        onChange={value => value && form.setFault(value)}
      />
      {fault === 'delay' && (
        <NumberInput label={t('delayMs')} min={0} max={600_000} value={form.delayMs} onChange={form.setDelayMs} />
      )}
      {fault === 'refuse' && <RefusalChoice form={form} />}
      {target === 'api' && <OperationChoice form={form} />}
    </>
  )
}

/** In the published words. */
function RefusalChoice({ form: { refusal, setRefusal } }: { form: FaultForm }) {
  const { t } = useTranslation('lab')
  const refusals = useRefusals()
  return (
    <Select
      label={t('refusal')}
      searchable
      allowDeselect={false}
      data={refusals.map(({ name, words }) => ({ value: name, label: words }))}
      value={refusal}
      onChange={value => value && setRefusal(value)}
    />
  )
}

function OperationChoice({ form: { operation, setOperation } }: { form: FaultForm }) {
  const { t } = useTranslation('lab')
  return (
    <Select
      label={t('ofOperation')}
      placeholder={t('anyOperation')}
      clearable
      searchable
      data={operationNames}
      value={operation}
      onChange={setOperation}
    />
  )
}
