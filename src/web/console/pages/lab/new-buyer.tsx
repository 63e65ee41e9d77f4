import { Button, Checkbox, Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBusinessId } from '../../data/business.ts'
import { callLab, type LabBodyOf, useLab, useNames } from '../../data/lab-api.ts'

type Wish = LabBodyOf<'POST /buyers'>

const rates = ['1', '10', '100'] as const

/** Asks who comes, why, and how fast they answer. */
export function NewBuyer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['lab', 'ui'])
  const nameOf = useNames()
  const { data } = useLab('GET /personas')
  const [persona, setPersona] = useState<string | null>('patient')
  const [intent, setIntent] = useState<string | null>('where-is-my-order')
  const [rate, setRate] = useState<(typeof rates)[number]>('1')
  const [seed, setSeed] = useState('')
  const [orderId, setOrderId] = useState('')
  const [isTestChat, setTestChat] = useState(false)
  const businessId = BigInt(useBusinessId())
  const send = useAct(
    (body: Wish) => callLab('POST /buyers', { body }),
    ({ buyer }) => {
      toastDone(t('buyerSent', { name: buyer.customerName }))
      onClose()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const who = { persona, intent } as Pick<Wish, 'persona' | 'intent'> // of those the lab has listed
    void send.run({
      ...{ businessId, ...who, rate: Number(rate) },
      ...(seed && { seed: Number(seed) }),
      ...(orderId && !isTestChat && { orderId: BigInt(orderId) }),
      ...(isTestChat && { isTestChat }),
    })
  }
  const optionsOf = (kind: 'persona' | 'intent', named: { name: string; description: string }[] = []) =>
    named.map(({ name, description }) => ({ value: name, label: nameOf(kind, name, description) }))
  return (
    <Modal opened onClose={onClose} title={t('sendBuyer')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form className="form" onSubmit={submit}>
        <Select
          label={t('persona')}
          data={optionsOf('persona', data?.personas)}
          value={persona}
          allowDeselect={false}
          data-autofocus
          onChange={setPersona}
        />
        <Select
          label={t('intent')}
          data={optionsOf('intent', data?.intents)}
          value={intent}
          allowDeselect={false}
          onChange={setIntent}
        />
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
        <div className="lab-pair">
          <TextInput
            label={t('seed')}
            description={t('seedNote')}
            inputMode="numeric"
            maxLength={9}
            value={seed}
            onChange={event => setSeed(event.currentTarget.value.replace(/\D/g, ''))}
          />
          <TextInput
            label={t('orderId')}
            description={t('orderNote')}
            inputMode="numeric"
            maxLength={18}
            disabled={isTestChat}
            value={orderId}
            onChange={event => setOrderId(event.currentTarget.value.replace(/\D/g, ''))}
          />
        </div>
        <Checkbox
          label={t('isTestChat')}
          checked={isTestChat}
          onChange={event => setTestChat(event.currentTarget.checked)}
        />
        <div className="form-acts">
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={send.isPending} disabled={!data}>
            {t('buyerDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
