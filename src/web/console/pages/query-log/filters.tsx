import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { keysOf, operations } from '#contract'
import { useSetSearch } from '../../../parts/routing/set-search.ts'
import { Choice } from '../../../ui/form/choice.tsx'
import { SearchField } from '../../../ui/form/search-field.tsx'
import { type QueryLogSearch, statusClasses } from '../../data/search.ts'
import type { LoggedRequest } from './columns.tsx'

const queryLogRoute = getRouteApi('/$businessId/query-log')
const nothing = { text: undefined, status: undefined, operation: undefined, integration: undefined }
const operationNames = keysOf(operations)

/** The filters of the query log, from the page's address. */
export function useRequestFilters() {
  const search = queryLogRoute.useSearch()
  const set = useSetSearch<QueryLogSearch>()
  const filters = { ...search, operation: operationNames.find(name => name === search.operation) }
  return {
    ...{ filters, set },
    isFiltered: Object.values(filters).some(value => value !== undefined),
    forget: () => set(nothing),
  }
}

/** The filters. Integrations to choose from are those of the rows read so far. */
export function FilterBar({ rows }: { rows: readonly LoggedRequest[] }) {
  const { t } = useTranslation('queryLog')
  const { filters, set, isFiltered, forget } = useRequestFilters()
  return (
    <>
      <SearchField
        className="query-log-search"
        label={t('search')}
        keyText={t('searchKey')}
        value={filters.text ?? ''}
        maxLength={200}
        onSearch={text => set({ text })}
      />
      <Choice
        className="query-log-filter"
        texts={{ label: t('status'), any: t('anyStatus') }}
        data={statusClasses.map(value => ({ value, label: t(`status_${value}`) }))}
        value={filters.status}
        onChoose={status => set({ status })}
      />
      <Choice
        className="query-log-filter"
        texts={{ label: t('operation'), any: t('anyOperation') }}
        searchable
        data={operationNames.map(name => ({ value: name, label: name }))}
        value={filters.operation}
        onChoose={operation => set({ operation })}
      />
      <IntegrationChoice rows={rows} value={filters.integration} onChoose={integration => set({ integration })} />
      {isFiltered && (
        <Button variant="subtle" onClick={forget}>
          {t('forget')}
        </Button>
      )}
    </>
  )
}

type IntegrationProps = {
  rows: readonly LoggedRequest[]
  value: string | undefined
  onChoose: (integration: string | undefined) => void
}

function IntegrationChoice({ rows, value, onChoose }: IntegrationProps) {
  const { t } = useTranslation('queryLog')
  const seen = [...new Set([...rows.map(row => row.integration), value ?? ''])].filter(Boolean).sort()
  return (
    <Choice
      className="query-log-filter"
      texts={{ label: t('integration'), any: t('anyIntegration') }}
      data={seen.map(name => ({ value: name, label: name }))}
      value={value}
      onChoose={onChoose}
    />
  )
}
