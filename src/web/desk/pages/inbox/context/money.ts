import { useTranslation } from 'react-i18next'

// The marketplace still writes the code that the rouble had before 1998.
const known: Record<string, string> = { RUR: 'RUB' }

/** Sums in the order's currency; without one, or with an unknown one, as bare numbers. */
export function useMoney(currency = ''): (sum: number) => string {
  const { i18n } = useTranslation()
  const code = known[currency] ?? currency
  const style: Intl.NumberFormatOptions = /^[A-Z]{3}$/.test(code)
    ? { style: 'currency', currency: code, maximumFractionDigits: 2, minimumFractionDigits: 0 }
    : {}
  const format = new Intl.NumberFormat(i18n.language, style)
  return sum => format.format(sum)
}
