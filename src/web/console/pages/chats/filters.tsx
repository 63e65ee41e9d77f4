import type { SelectProps } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { chatStatuses, chatTypes, inside } from '#contract'
import { useSetSearch } from '../../../parts/routing/set-search.ts'
import { Choice } from '../../../ui/form/choice.tsx'
import { SearchField } from '../../../ui/form/search-field.tsx'
import { type ChatsSearch, unfinished } from '../../data/search.ts'

const chatsRoute = getRouteApi('/$businessId/chats')
const nothing = { text: undefined, status: undefined, type: undefined, isTest: undefined }

/** The filters of the list, from the page's address. */
export function useChatFilters() {
  const { json: _, ...filters } = chatsRoute.useSearch()
  const set = useSetSearch<ChatsSearch>()
  return {
    ...{ filters, set },
    isFiltered: Object.values(filters).some(value => value !== undefined),
    forget: () => set(nothing),
  }
}

/** The lists of these choices are wider than their fields. */
const wide = {
  clearSectionMode: 'clear',
  comboboxProps: { width: 'max-content', position: 'bottom-start' },
} satisfies SelectProps

export function ChatFilters() {
  const { t } = useTranslation(['chats', 'words'])
  const { filters, set } = useChatFilters()
  const states = chatStatuses.map(value => ({ value, label: t(`words:status_${inside(value)}`) }))
  const types = chatTypes.map(value => ({ value, label: t(`chats:types_${inside(value)}`) }))
  const tests = (['true', 'false'] as const).map(value => ({ value, label: t(`chats:isTest_${value}`) }))
  return (
    <div className="chats-filters">
      <Choice
        {...wide}
        texts={{ label: t('chats:status'), any: t('chats:anyStatus') }}
        data={[{ value: unfinished, label: t('chats:unfinished') }, ...states]}
        value={filters.status}
        onChoose={status => set({ status })}
      />
      <Choice
        {...wide}
        texts={{ label: t('chats:type'), any: t('chats:anyType') }}
        data={types}
        value={filters.type}
        onChoose={type => set({ type })}
      />
      <Choice
        {...wide}
        texts={{ label: t('chats:isTest'), any: t('chats:anyTest') }}
        data={tests}
        value={filters.isTest}
        onChoose={isTest => set({ isTest })}
      />
    </div>
  )
}

export function ChatSearch() {
  const { t } = useTranslation('chats')
  const { filters, set } = useChatFilters()
  return (
    <SearchField
      className="chats-search"
      label={t('search')}
      keyText={t('searchKey')}
      value={filters.text ?? ''}
      maxLength={200}
      onSearch={text => set({ text })}
    />
  )
}
