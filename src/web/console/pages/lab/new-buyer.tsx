import { Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../parts/dialog/form-in-dialog.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBusinessId } from '../../data/business.ts'
import { useLab } from '../../data/lab.ts'
import { callLab, type LabBodyOf } from '../../data/market.ts'
import { useNames } from './names.ts'

type Wish = LabBodyOf<'POST /buyers'>

const rates = ['1', '10', '100'] as const

/** Asks who comes, why, and how fast they answer. */
export function NewBuyer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('lab')
  const { data } = useLab('GET /personas')
  const form = useBuyerForm()
  const send = useAct(
    (body: Wish) => callLab('POST /buyers', { body }),
    ({ buyer }) => {
      toastDone(t('buyerSent', { name: buyer.customerName }))
      onClose()
    },
  )
  return (
    <Dialog title={t('sendBuyer')} onClose={onClose}>
      <FormInDialog
        submit={t('buyerDo')}
        isBusy={send.isPending}
        canSubmit={data !== undefined}
        onSubmit={() => void send.run(form.wish)}
        onCancel={onClose}
      >
        <Who form={form} />
        <Rate form={form} />
        <SeedAndOrder form={form} />
      </FormInDialog>
    </Dialog>
  )
}

type BuyerForm = ReturnType<typeof useBuyerForm>

/** The fields of the form, and the request they make. */
function useBuyerForm() {
  const businessId = BigInt(useBusinessId())
  const [persona, setPersona] = useState<string | null>('patient')
  const [intent, setIntent] = useState<string | null>('where-is-my-order')
  const [rate, setRate] = useState<(typeof rates)[number]>('1')
  const [seed, setSeed] = useState('')
  const [orderId, setOrderId] = useState('')
  const [isTestChat, setTestChat] = useState(false)
  const who = { persona, intent } as Pick<Wish, 'persona' | 'intent'> // of those that the lab has listed
  const wish: Wish = {
    ...{ businessId, ...who, rate: Number(rate) },
    ...(seed && { seed: Number(seed) }),
    ...(orderId && !isTestChat && { orderId: BigInt(orderId) }),
    ...(isTestChat && { isTestChat }),
  }
  return {
    ...{ persona, setPersona, intent, setIntent, rate, setRate },
    ...{ seed, setSeed, orderId, setOrderId, isTestChat, setTestChat, wish },
  }
}

function Who({ form }: { form: BuyerForm }) {
  const { t } = useTranslation('lab')
  const nameOf = useNames()
  const { data } = useLab('GET /personas')
  const optionsOf = (kind: 'persona' | 'intent', named: { name: string; description: string }[] = []) =>
    named.map(({ name, description }) => ({ value: name, label: nameOf(kind, name, description) }))
  return (
    <>
      <Select
        label={t('persona')}
        data={optionsOf('persona', data?.personas)}
        value={form.persona}
        allowDeselect={false}
        data-autofocus
        onChange={form.setPersona}
      />
      <Select
        label={t('intent')}
        data={optionsOf('intent', data?.intents)}
        value={form.intent}
        allowDeselect={false}
        onChange={form.setIntent}
      />
    </>
  )
}

function Rate({ form: { rate, setRate } }: { form: BuyerForm }) {
  const { t } = useTranslation('lab')
  return (
    <div>
      <span className="lab-label">{t('rate')}</span>
      <SegmentedControl
        fullWidth
        aria-label={t('rate')}
        data={rates.map(value => ({ value, label: t(`rate_${value}`) }))}
        value={rate}
        onChange={setRate}
      />
    </div>
  )
}

function SeedAndOrder({ form }: { form: BuyerForm }) {
  const { t } = useTranslation('lab')
  return (
    <>
      <div className="lab-pair">
        <Digits
          texts={{ label: t('seed'), note: t('seedNote') }}
          maxLength={9}
          value={form.seed}
          onType={form.setSeed}
        />
        <Digits
          texts={{ label: t('orderId'), note: t('orderNote') }}
          maxLength={18}
          isDisabled={form.isTestChat}
          value={form.orderId}
          onType={form.setOrderId}
        />
      </div>
      <Checkbox
        label={t('isTestChat')}
        checked={form.isTestChat}
        onChange={event => form.setTestChat(event.currentTarget.checked)}
      />
    </>
  )
}

type DigitsProps = {
  texts: { label: string; note: string }
  maxLength: number
  isDisabled?: boolean
  value: string
  onType: (digits: string) => void
}

function Digits({ texts, maxLength, isDisabled = false, value, onType }: DigitsProps) {
  return (
    <TextInput
      label={texts.label}
      description={texts.note}
      inputMode="numeric"
      maxLength={maxLength}
      disabled={isDisabled}
      value={value}
      onChange={event => onType(event.currentTarget.value.replace(/\D/g, ''))}
    />
  )
}
