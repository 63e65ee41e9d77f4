import { Menu } from '@mantine/core'
import { IconArrowsSort, IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../../ui/format.ts'
import { sortOf, sortsOf, useCounts, viewOf } from '../../../data/chats.ts'
import { type InboxSearch, views } from '../../../data/search.ts'

type Props = { search: InboxSearch; total: number | undefined }

/** The view's name opens the others; how many chats it has, and in which order. */
export function ListHead({ search, total }: Props) {
  const format = useFormat()
  return (
    <header className="page-head inbox-list-head">
      <ViewMenu search={search} />
      <span className="page-note num">{total !== undefined && format.number(total)}</span>
      <SortMenu search={search} />
    </header>
  )
}

function ViewMenu({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const navigate = useNavigate()
  const counts = useCounts(search)
  const shown = viewOf(search)
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className="inbox-title">
          <h1>{t(`view_${shown}`)}</h1>
          <IconChevronDown size={15} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map(view => (
          <Menu.Item
            key={view}
            leftSection={<IconCheck size={14} visibility={view === shown ? 'visible' : 'hidden'} />}
            rightSection={<span className="meta num">{counts && format.number(counts[view])}</span>}
            onClick={() => void navigate({ to: '/inbox', search: { ...search, view, sort: undefined } })}
          >
            {t(`view_${view}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function SortMenu({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox')
  const navigate = useNavigate()
  const chosen = sortOf(search)
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className="inbox-sort">
          <IconArrowsSort size={14} stroke={1.5} aria-hidden />
          <span className="unseen">{t('sort')}</span>
          <span className="cut">{t(`sort_${chosen}`)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {sortsOf(search).map(sort => (
          <Menu.Item
            key={sort}
            rightSection={sort === chosen && <IconCheck size={14} />}
            onClick={() => void navigate({ to: '.', search: before => ({ ...before, sort }), replace: true })}
          >
            {t(`sort_${sort}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
