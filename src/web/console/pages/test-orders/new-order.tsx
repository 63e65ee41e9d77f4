import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placementTypes } from '#contract'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../parts/dialog/form-in-dialog.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useCall } from '../../data/business.ts'
import { useStores } from './stores.ts'

type Props = { isOpen: boolean; onClose: () => void; onMade: () => void }

/** Asks for the store and the customer's name; in a business without stores, for the first store's name. */
export function NewOrder({ isOpen, onClose, onMade }: Props) {
  const { t } = useTranslation('testOrders')
  const form = useOrderForm()
  const make = useMake(({ order }) => {
    toastDone(t('made', { id: String(order.orderId) }))
    onMade()
    form.reset()
    onClose()
  })
  return (
    <Dialog isOpen={isOpen} title={t('makeTitle')} onClose={onClose}>
      <FormInDialog
        submit={t('makeDo')}
        isBusy={make.isPending}
        canSubmit={form.isWhole}
        onSubmit={() => void make.run(form.wish)}
        onCancel={onClose}
      >
        {form.hasNoStore ? <FirstStore form={form} /> : <StoreChoice form={form} />}
        <TextInput
          label={t('makeCustomer')}
          description={t('makeCustomerNote')}
          placeholder={t('makeCustomerExample')}
          value={form.customerName}
          maxLength={200}
          onChange={event => form.setCustomerName(event.currentTarget.value)}
        />
      </FormInDialog>
    </Dialog>
  )
}

type OrderWish = { campaignId: string | null; storeName: string; customerName: string }
type OrderForm = ReturnType<typeof useOrderForm>

function useOrderForm() {
  const { stores, isKnown, refetch } = useStores()
  const [chosen, setChosen] = useState<string | null>(null)
  const [customerName, setCustomerName] = useState('')
  const [storeName, setStoreName] = useState('')
  const campaignId = chosen ?? (stores[0] && String(stores[0].campaignId)) ?? null
  const hasNoStore = isKnown && stores.length === 0
  const wish: OrderWish = { campaignId, storeName: storeName.trim(), customerName: customerName.trim() }
  const reset = () => {
    void refetch()
    setCustomerName('')
  }
  return {
    ...{ stores, campaignId, setChosen, storeName, setStoreName, customerName, setCustomerName, wish, reset },
    hasNoStore,
    isWhole: hasNoStore ? wish.storeName !== '' : campaignId !== null,
  }
}

function FirstStore({ form }: { form: OrderForm }) {
  const { t } = useTranslation('testOrders')
  return (
    <>
      <p>{t('noStore')}</p>
      <TextInput
        label={t('noStoreName')}
        value={form.storeName}
        maxLength={200}
        data-autofocus
        onChange={event => form.setStoreName(event.currentTarget.value)}
      />
    </>
  )
}

function StoreChoice({ form: { stores, campaignId, setChosen } }: { form: OrderForm }) {
  const { t } = useTranslation('testOrders')
  return (
    <Select
      label={t('makeStore')}
      data={stores.map(({ campaignId, domain, placementType }) => ({
        value: String(campaignId),
        label: `${domain} · ${placementType}`,
      }))}
      value={campaignId}
      allowDeselect={false}
      searchable={stores.length > 8}
      onChange={setChosen}
    />
  )
}

type MadeOrder = { order: { orderId: number | bigint } }

function useMake(onMade: (made: MadeOrder) => void) {
  const call = useCall()
  return useAct(async ({ campaignId, storeName, customerName }: OrderWish): Promise<MadeOrder> => {
    const id = campaignId === null ? await makeStore(storeName) : BigInt(campaignId)
    return call('POST /businesses/{businessId}/test-orders', {
      body: { campaignId: id, ...(customerName && { customerName }) },
    })
  }, onMade)

  async function makeStore(domain: string): Promise<number | bigint> {
    const { campaign } = await call('POST /businesses/{businessId}/campaigns', {
      body: { domain, placementType: placementTypes[0] },
    })
    return campaign.campaignId
  }
}
