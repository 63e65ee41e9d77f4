import { Button, Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Read } from '../../../ui/feedback/read.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { VirtualTable } from '../../../ui/table/virtual-table.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import { useLab } from '../../data/lab.ts'
import { useAdmin } from '../../data/queries.ts'
import { useBuyerColumns } from './buyer-columns.tsx'
import { NewBuyer } from './new-buyer.tsx'
import { Section } from './section.tsx'

/** The simulated buyers of the business, and the state of each. */
export function Buyers() {
  const { t } = useTranslation('lab')
  const buyers = useLab('GET /buyers', { businessId: useBusinessId() })
  const [isMaking, { open, close }] = useDisclosure()
  const columns = useBuyerColumns()
  const acts = (
    <>
      <TestChats />
      <Button leftSection={<IconUserPlus size={14} />} onClick={open}>
        {t('sendBuyer')}
      </Button>
    </>
  )
  return (
    <Section id="buyers" title={t('buyers')} acts={acts}>
      <div className="lab-buyers">
        <Read query={buyers}>
          {({ buyers }) =>
            buyers.length === 0 ? (
              <p className="muted lab-none">{t('buyersEmpty')}</p>
            ) : (
              <VirtualTable
                label={t('buyers')}
                rows={buyers}
                columns={columns}
                keyOf={({ buyerId }) => String(buyerId)}
                rowHeight={44}
              />
            )
          }
        </Read>
      </div>
      {isMaking && <NewBuyer onClose={close} />}
    </Section>
  )
}

/** Whether they answer in test chats, which in the real Market nobody does. */
function TestChats() {
  const { t } = useTranslation('lab')
  const call = useCall()
  const query = useAdmin('GET /businesses/{businessId}', { topics: [] })
  const change = useAct(
    (testChatsAnswer: boolean) => call('PATCH /businesses/{businessId}', { body: { testChatsAnswer } }),
    () => void query.refetch(),
  )
  return (
    <Switch
      label={t('testChats')}
      title={t('testChatsNote')}
      checked={query.data?.business.testChatsAnswer ?? false}
      disabled={!query.data}
      onChange={event => void change.run(event.currentTarget.checked)}
    />
  )
}
