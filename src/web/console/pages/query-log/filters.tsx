import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operations } from '#contract'
import { useKeys } from '../../../ui/keys/keys.ts'
import { useFilters } from '../../../ui/use-filters.ts'
import type { LoggedRequest } from './columns.tsx'

const names = ['text', 'status', 'operation', 'integration'] as const
const nothing = { text: '', status: '', operation: '', integration: '' }
const classes = ['2xx', '4xx', '5xx'] as const
const typingMs = 300

export function useRequestFilters() {
  const [filters, set] = useFilters(...names)
  return { filters, set, isFiltered: Object.values(filters).some(value => value !== ''), forget: () => set(nothing) }
}

/** What to look for; it stands in the page's address. Integrations are those seen so far. */
export function FilterBar({ rows }: { rows: readonly LoggedRequest[] }) {
  const { t } = useTranslation('queryLog')
  const { filters, set, isFiltered, forget } = useRequestFilters()
  const integrations = [...new Set([...rows.map(row => row.integration), filters.integration])].filter(Boolean).sort()
  return (
    <>
      <SearchField />
      <Select
        className="query-log-filter"
        aria-label={t('status')}
        placeholder={t('anyStatus')}
        clearable
        data={classes.map(value => ({ value, label: t(`status_${value}`) }))}
        value={filters.status || null}
        onChange={value => set({ status: value ?? '' })}
      />
      <Select
        className="query-log-filter"
        aria-label={t('operation')}
        placeholder={t('anyOperation')}
        clearable
        searchable
        data={Object.keys(operations)}
        value={filters.operation || null}
        onChange={value => set({ operation: value ?? '' })}
      />
      <Select
        className="query-log-filter"
        aria-label={t('integration')}
        placeholder={t('anyIntegration')}
        clearable
        data={integrations}
        value={filters.integration || null}
        onChange={value => set({ integration: value ?? '' })}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={forget}>
          {t('forget')}
        </Button>
      )}
    </>
  )
}

/** Searches when the typing rests. */
function SearchField() {
  const { t } = useTranslation('queryLog')
  const { filters, set } = useRequestFilters()
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
      className="query-log-search"
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
