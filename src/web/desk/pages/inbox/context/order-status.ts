import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { en as substatuses } from '../../../texts/order.ts'

const statuses = [
  'cancelled',
  'delivered',
  'delivery',
  'pickup',
  'processing',
  'pending',
  'unpaid',
  'placing',
  'reserved',
  'partially_returned',
  'returned',
] as const

type Told = { status?: string | undefined; substatus?: string | undefined }

/** Where an order stands, in words: never as the marketplace writes it, also if it is a word that nobody knows yet. */
export function useOrderWords({ status, substatus }: Told): {
  status: string | undefined
  substatus: string | undefined
} {
  const { t } = useTranslation(['inbox', 'order'])
  const known = statuses.find(one => one === wordOf(status))
  const detail = wordOf(substatus)
  return {
    status: status === undefined ? undefined : known ? t(`inbox:orderStatus_${known}`) : t('inbox:orderStatusElse'),
    substatus:
      detail === undefined ? undefined : isSubstatus(detail) ? t(`order:${detail}`) : t('inbox:orderSubstatusElse'),
  }
}

function isSubstatus(word: string): word is keyof typeof substatuses {
  return Object.hasOwn(substatuses, word)
}

/** UNKNOWN of a market says nothing. */
function wordOf(told: string | undefined): string | undefined {
  const word = told === undefined ? undefined : inside(told)
  return word === 'unknown' ? undefined : word
}
