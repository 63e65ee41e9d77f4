import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import { useAdmin } from '../../data/queries.ts'
import type { AdminChat } from './chat.ts'

function useBusiness(isEnabled: boolean) {
  return useAdmin('GET /businesses/{businessId}', { topics: [], isEnabled })
}

/** Whether the business lets customers answer in test chats; asked only where it matters. */
export function useTestChatsAnswer({ isTest }: Pick<AdminChat, 'isTest'>): boolean {
  const { data } = useBusiness(isTest)
  // Until it is known, it is as it mostly is.
  return data?.business.testChatsAnswer ?? false
}

/** Why the customer of a test chat is silent, and the setting that lets them speak. */
export function SilentCustomer() {
  const { t } = useTranslation('chats')
  const call = useCall()
  const businessId = useBusinessId()
  const { refetch } = useBusiness(true)
  const allow = useAct(
    () => call('PATCH /businesses/{businessId}', { body: { testChatsAnswer: true } }),
    () => void refetch(),
  )
  return (
    <div className="chats-silent">
      <p>{t('whyTest')}</p>
      <Button onClick={() => void allow.run(undefined)} loading={allow.isPending}>
        {t('letAnswer')}
      </Button>
      <LinkButton variant="subtle" to="/$businessId/business" params={{ businessId }}>
        {t('toSetting')}
      </LinkButton>
    </div>
  )
}
