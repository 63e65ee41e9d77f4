import { useTranslation } from 'react-i18next'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useCall } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'
import { useSigning } from '../../data/session.ts'

export type Purpose = AnswerOf<'GET /tokens'>['tokens'][number]['purpose']
export type RevokeAct<Given> = { run: (given: Given) => unknown; isPending: boolean }

/** What can be revoked on the page. Without the admin token there is no session either: the page is left. */
export function useRevoking(onRevoked: () => void) {
  const { t } = useTranslation('keys')
  const call = useCall()
  const { leave } = useSigning()
  const done = () => {
    toastDone(t('tokensDone'))
    onRevoked()
  }
  const revoke = (purpose: Purpose) => call('DELETE /tokens/{purpose}', { params: { purpose } })
  return {
    revokeAdmin: useAct(() => revoke('admin'), leave),
    revokeAll: useAct(revoke, done),
    revokeBuyer: useAct(
      (publicId: string) => call('DELETE /customers/{publicId}/tokens', { params: { publicId } }),
      done,
    ),
    revokeBusiness: useAct(() => call('DELETE /businesses/{businessId}/cabinet-tokens'), done),
  }
}
