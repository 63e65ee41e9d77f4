import { useTranslation } from 'react-i18next'
import { inside } from '#contract'

const known = [
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

/** An order's status in words; one that is not known yet, as the marketplace writes it. */
export function useOrderStatus(): (status: string) => string {
  const { t } = useTranslation('inbox')
  return status => {
    const word = known.find(one => one === inside(status))
    return word ? t(`orderStatus_${word}`) : status
  }
}
