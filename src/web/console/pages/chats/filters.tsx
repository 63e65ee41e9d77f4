import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chatStatuses, chatTypes, inside } from '#contract'
import { useKeys } from '../../../ui/keys/keys.ts'
import { useFilters } from '../../../ui/use-filters.ts'

const nothing = { text: '', status: '', type: '', isTest: '' }
const names = ['text', 'status', 'type', 'isTest'] as const
const typingMs = 300

export function useChatFilters() {
  const [filters, set] = useFilters(...names)
  return { filters, set, isFiltered: Object.values(filters).some(value => value !== ''), forget: () => set(nothing) }
}

/** Which chats to list; it stands in the page's address. */
export function ChatFilters() {
  const { t } = useTranslation(['chats', 'words'])
  const { filters, set } = useChatFilters()
  const statuses = chatStatuses.map(value => ({ value, label: t(`words:status_${inside(value)}`) }))
  const types = chatTypes.map(value => ({ value, label: t(`chats:types_${inside(value)}`) }))
  const tests = (['true', 'false'] as const).map(value => ({ value, label: t(`chats:isTest_${value}`) }))
  const choices = [
    { name: 'status', label: t('chats:status'), any: t('chats:anyStatus'), data: statuses },
    { name: 'type', label: t('chats:type'), any: t('chats:anyType'), data: types },
    { name: 'isTest', label: t('chats:isTest'), any: t('chats:anyTest'), data: tests },
  ] as const
  return (
    <div className="chats-filters">
      {choices.map(({ name, label, any, data }) => (
        <Select
          key={name}
          aria-label={label}
          placeholder={any}
          clearable
          clearSectionMode="clear"
          comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
          data={data}
          value={filters[name] || null}
          onChange={value => set({ [name]: value ?? '' })}
        />
      ))}
    </div>
  )
}

/** Searches when the typing rests. */
export function ChatSearch() {
  const { t } = useTranslation('chats')
  const { filters, set } = useChatFilters()
  const [text, setText] = useState(filters.text)
  const field = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback((value: string) => set({ text: value.trim() }), typingMs)
  // Cleared from elsewhere, or another address.
  useEffect(() => setText(typed => (typed.trim() === filters.text ? typed : filters.text)), [filters.text])
  useKeys(useMemo(() => [{ keys: '/', does: t('searchKey'), run: () => field.current?.focus() }], [t]))
  return (
    <TextInput
      ref={field}
      type="search"
      className="chats-search"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={14} />}
      value={text}
      maxLength={200}
      onChange={event => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
    />
  )
}
