import { Select } from '@mantine/core'
import { IconDeviceMobile } from '@tabler/icons-react'
import { getRouteApi, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSetSearch } from '../../../parts/routing/set-search.ts'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { useBusinessId } from '../../data/business.ts'
import { useAdmin } from '../../data/queries.ts'
import type { PhoneSearch } from '../../data/search.ts'
import { type Buyer, BuyerContext, useFollowBuyer, useToken } from './buyer.ts'
import { ChatOnPhone } from './chat.tsx'
import { ChatList } from './chat-list.tsx'
import './phone.css'

const phoneRoute = getRouteApi('/$businessId/phone')

// The buyer of the demo whose token is printed at the start.
const printedBuyer = 'demo-buyer-1'

/** The buyer's side: one customer's chats with the business, on a phone, through the buyer API. */
export function PhonePage() {
  const { t } = useTranslation('frame')
  const customers = useCustomers()
  const { buyer } = phoneRoute.useSearch()
  const known = customers.data?.customers ?? []
  const chosen =
    [buyer, printedBuyer].map(id => known.find(({ publicId }) => publicId === id)).find(Boolean) ?? known[0]
  return (
    <Page title={t('phone')} acts={chosen && <BuyerChoice known={known} chosenId={chosen.publicId} />} isFixed>
      <Read query={customers}>
        {() => (chosen ? <PhoneOf key={chosen.publicId} publicId={chosen.publicId} name={chosen.name} /> : <NoBuyer />)}
      </Read>
    </Page>
  )
}

function useCustomers() {
  return useAdmin('GET /businesses/{businessId}/customers', { topics: ['chats'] }, { query: { limit: 200 } })
}

type Known = { publicId: string; name: string }
type ChoiceProps = { known: readonly Known[]; chosenId: string }

/** The name; where several have it, with the id. */
function labelOf({ publicId, name }: Known, known: readonly Known[]): string {
  const isAlone = known.every(other => other.name !== name || other.publicId === publicId)
  return isAlone ? name : `${name} · ${publicId}`
}

function BuyerChoice({ known, chosenId }: ChoiceProps) {
  const { t } = useTranslation('phone')
  const set = useSetSearch<PhoneSearch>()
  return (
    <Select
      className="phone-choose"
      aria-label={t('whose')}
      data={known.map(customer => ({ value: customer.publicId, label: labelOf(customer, known) }))}
      value={chosenId}
      searchable={known.length > 8}
      allowDeselect={false}
      onChange={value => set({ buyer: value ?? undefined })}
    />
  )
}

function NoBuyer() {
  const { t } = useTranslation('phone')
  const businessId = useBusinessId()
  return (
    <EmptyState icon={IconDeviceMobile} title={t('emptyTitle')} hint={t('emptyHint')}>
      <LinkButton to="/$businessId/test-orders" params={{ businessId }}>
        {t('emptyDo')}
      </LinkButton>
    </EmptyState>
  )
}

function PhoneOf({ publicId, name }: { publicId: string; name: string }) {
  const token = useToken(publicId)
  return (
    <Read query={token}>
      {token => (
        <div className="phone-desk">
          <Device buyer={{ publicId, name, token }} />
        </div>
      )}
    </Read>
  )
}

function Device({ buyer: { publicId, name, token } }: { buyer: Buyer }) {
  const { t } = useTranslation('phone')
  const buyer = useMemo(() => ({ publicId, name, token }), [publicId, name, token])
  const { chatId } = useParams({ strict: false })
  useFollowBuyer(buyer)
  return (
    <BuyerContext value={buyer}>
      <section className="phone" aria-label={t('phoneOf', { name })}>
        {chatId === undefined ? <ChatList /> : <ChatOnPhone key={chatId} chatId={chatId} />}
      </section>
    </BuyerContext>
  )
}
