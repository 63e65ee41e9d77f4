import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { labQuery } from '../../data/lab.ts'
import type { LabAnswerOf } from '../../data/market.ts'

export type Coverage = LabAnswerOf<'GET /coverage'>
export type CoverageCase = Coverage['cases'][number]

/** Read again whenever something was asked or delivered. */
export function useCoverage() {
  const query = labQuery('GET /coverage')
  return useQuery({ ...query, meta: { topics: ['lab', 'chats', 'requests', 'deliveries', 'subscriptions'] } })
}

/** What a case is, in the page's language; a refusal in its published words. */
export function useCaseTitle(): (one: CoverageCase) => string {
  const { t, i18n } = useTranslation('coverage')
  return ({ name, message, state }) => {
    if (message !== undefined) return message
    const text: unknown = i18n.getResource(i18n.language, 'coverage', `case_${name}`)
    if (typeof text === 'string') return text
    return t(state === 'MET' ? 'came' : 'neverCame', { type: name })
  }
}
