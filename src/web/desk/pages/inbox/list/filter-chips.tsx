import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { useSetSearch } from '../../../../parts/routing/set-search.ts'
import { useFormat } from '../../../../ui/format.ts'
import { useCabinetList } from '../../../data/cabinets.ts'
import type { AnswerOf } from '../../../data/desk-api.ts'
import type { InboxSearch } from '../../../data/search.ts'

type Props = { search: InboxSearch; page: AnswerOf<'GET /chats'> | undefined }

export const noFilters = { cabinetId: undefined, campaignId: undefined, contextType: undefined }

/** No filter hides anything silently: each is a chip that takes it away. */
export function FilterChips({ search, page }: Props) {
  const { t } = useTranslation('inbox')
  const set = useSetSearch<InboxSearch>()
  const format = useFormat()
  const chips = useChips(search)
  if (chips.length === 0) return null
  return (
    <div className="inbox-chips">
      {chips.map(({ name, without }) => (
        <button key={name} type="button" aria-label={t('removeFilter', { name })} onClick={() => set(without)}>
          <span className="cut">{name}</span>
          <IconX size={12} aria-hidden />
        </button>
      ))}
      {page && page.total < page.inView && (
        <span className="meta num">
          {t('noneShown', { shown: format.number(page.total), total: format.number(page.inView) })}
        </span>
      )}
    </div>
  )
}

type Chip = { name: string; without: InboxSearch }

function useChips({ cabinetId, campaignId, contextType }: InboxSearch): Chip[] {
  const { t } = useTranslation('inbox')
  const cabinets = useCabinetList()
  const chips: Chip[] = []
  const nameOf = (id: string) => cabinets.find(cabinet => String(cabinet.cabinetId) === id)?.name ?? id
  const shopOf = (id: string) =>
    cabinets.flatMap(cabinet => cabinet.campaigns).find(campaign => String(campaign.campaignId) === id)?.name ?? id
  if (cabinetId) chips.push({ name: nameOf(cabinetId), without: { cabinetId: undefined, campaignId: undefined } })
  if (campaignId) chips.push({ name: shopOf(campaignId), without: { campaignId: undefined } })
  if (contextType) chips.push({ name: t(`about_${inside(contextType)}`), without: { contextType: undefined } })
  return chips
}
