import { Button, Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placementTypes } from '#contract'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useCall } from '../../data/business.ts'
import { useShops } from './shops.ts'

type Props = { isOpen: boolean; onClose: () => void; onMade: () => void }

/** Asks for the shop and the buyer's name; in a cabinet without shops, for the first shop's name. */
export function NewOrder({ isOpen, onClose, onMade }: Props) {
  const { t } = useTranslation(['testOrders', 'ui'])
  const { shops, isKnown, refetch } = useShops()
  const [chosen, setChosen] = useState<string | null>(null)
  const [customerName, setCustomerName] = useState('')
  const [shopName, setShopName] = useState('')
  const shop = chosen ?? (shops[0] && String(shops[0].campaignId)) ?? null
  const hasNoShop = isKnown && shops.length === 0
  const make = useMake(({ order }) => {
    toastDone(t('made', { id: String(order.orderId) }))
    onMade()
    void refetch()
    onClose()
    setCustomerName('')
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void make.run({ shop, shopName: shopName.trim(), customerName: customerName.trim() })
  }
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('makeTitle')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form className="form" onSubmit={submit}>
        {hasNoShop ? (
          <>
            <p>{t('noShop')}</p>
            <TextInput
              label={t('noShopName')}
              value={shopName}
              maxLength={200}
              data-autofocus
              onChange={event => setShopName(event.currentTarget.value)}
            />
          </>
        ) : (
          <Select
            label={t('makeShop')}
            data={shops.map(({ campaignId, domain, placementType }) => ({
              value: String(campaignId),
              label: `${domain} · ${placementType}`,
            }))}
            value={shop}
            allowDeselect={false}
            searchable={shops.length > 8}
            onChange={setChosen}
          />
        )}
        <TextInput
          label={t('makeBuyer')}
          description={t('makeBuyerNote')}
          placeholder={t('makeBuyerExample')}
          value={customerName}
          maxLength={200}
          onChange={event => setCustomerName(event.currentTarget.value)}
        />
        <div className="form-acts">
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={hasNoShop ? shopName.trim() === '' : shop === null}>
            {t('makeDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

type Wanted = { shop: string | null; shopName: string; customerName: string }
type MadeOrder = { order: { orderId: number | bigint } }

function useMake(onMade: (made: MadeOrder) => void) {
  const call = useCall()
  return useAct(async ({ shop, shopName, customerName }: Wanted): Promise<MadeOrder> => {
    const campaignId = shop === null ? await makeShop(shopName) : BigInt(shop)
    return call('POST /businesses/{businessId}/test-orders', {
      body: { campaignId, ...(customerName && { customerName }) },
    })
  }, onMade)

  async function makeShop(domain: string): Promise<number | bigint> {
    const { campaign } = await call('POST /businesses/{businessId}/campaigns', {
      body: { domain, placementType: placementTypes[0] },
    })
    return campaign.campaignId
  }
}
