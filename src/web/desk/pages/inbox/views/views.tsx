import { Link, useSearch } from '@tanstack/react-router'
import { Fragment, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chatContextTypes, inside } from '#contract'
import { useFormat } from '../../../../ui/format.ts'
import { useCabinetList } from '../../../data/cabinets.ts'
import { useCounts, viewOf } from '../../../data/chats.ts'
import { type InboxSearch, views } from '../../../data/search.ts'

type Props = { onClose: () => void; isFloating: boolean }

/** Whose move it is, by shop and by what the chats are about. Counts come from the list's own query. */
export function Views({ onClose, isFloating }: Props) {
  const { t } = useTranslation('inbox')
  const search = useSearch({ from: '/frame/inbox' })
  const { view, cabinetId, campaignId, contextType } = search
  const where = [view, cabinetId, campaignId, contextType].join()
  const [first] = useState(where)
  // Over the others, it has done its work once something was chosen.
  useEffect(() => {
    if (isFloating && where !== first) onClose()
  }, [isFloating, where, first, onClose])
  return (
    <nav className="inbox-views" aria-label={t('views')} data-floating={isFloating || undefined}>
      <h2>{t('views')}</h2>
      <ViewLinks search={search} />
      <ShopLinks search={search} />
      <AboutLinks search={search} />
    </nav>
  )
}

function ViewLinks({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const counts = useCounts(search)
  return (
    <ul>
      {views.map(view => (
        <li key={view}>
          <Link
            to="/inbox"
            search={{ ...search, view, sort: undefined, panel: undefined }}
            className="inbox-view"
            aria-current={viewOf(search) === view ? 'true' : undefined}
            activeOptions={exactly}
            data-view={view}
          >
            <span className="cut">{t(`view_${view}`)}</span>
            <span className="num">{counts && format.number(counts[view])}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const exactly = { exact: true }

/** Of several cabinets each has its own heading: their shops may be called alike. */
function ShopLinks({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox')
  const cabinets = useCabinetList()
    .filter(({ cabinetId }) => search.cabinetId === undefined || String(cabinetId) === search.cabinetId)
    .filter(({ campaigns }) => campaigns.length > 0)
  const shops = cabinets.reduce((sum, { campaigns }) => sum + campaigns.length, 0)
  if (shops < 2) return null
  return cabinets.map(({ cabinetId, name, campaigns }) => (
    <Fragment key={String(cabinetId)}>
      <h2 className="cut">{cabinets.length > 1 ? name : t('shops')}</h2>
      <ul>
        {campaigns.map(campaign => {
          const isChosen = search.campaignId === String(campaign.campaignId)
          const chosen = { cabinetId: String(cabinetId), campaignId: String(campaign.campaignId) }
          return (
            <li key={String(campaign.campaignId)}>
              <Filter search={{ ...search, ...(isChosen ? { campaignId: undefined } : chosen) }} isChosen={isChosen}>
                {campaign.name}
              </Filter>
            </li>
          )
        })}
      </ul>
    </Fragment>
  ))
}

function AboutLinks({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox')
  return (
    <>
      <h2>{t('about')}</h2>
      <ul>
        {chatContextTypes.map(contextType => {
          const isChosen = search.contextType === contextType
          return (
            <li key={contextType}>
              <Filter search={{ ...search, contextType: isChosen ? undefined : contextType }} isChosen={isChosen}>
                {t(`about_${inside(contextType)}`)}
              </Filter>
            </li>
          )
        })}
      </ul>
    </>
  )
}

type FilterProps = { search: InboxSearch; isChosen: boolean; children: string }

function Filter({ search, isChosen, children }: FilterProps) {
  return (
    <Link
      to="/inbox"
      search={{ ...search, panel: undefined }}
      className="inbox-view"
      aria-current={isChosen ? 'true' : undefined}
      activeOptions={exactly}
    >
      <span className="cut">{children}</span>
    </Link>
  )
}
