import { useNavigate, useSearch } from '@tanstack/react-router'
import { type CSSProperties, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { VirtualList } from '../../../../parts/list/virtual-list.tsx'
import { Read } from '../../../../ui/feedback/read.tsx'
import { type ChatPlace, keyOfChat, placeOf, useChats } from '../../../data/chats.ts'
import { rowHeights, useDensity, useListWidth } from '../../../data/look.ts'
import { ChatRow } from './chat-row.tsx'
import { FilterChips } from './filter-chips.tsx'
import { ListEdge } from './list-edge.tsx'
import { ListHead } from './list-head.tsx'
import { NoChats } from './no-chats.tsx'
import { FirstMirror, Trickle } from './notes.tsx'
import { useCabinetNames } from './use-cabinet-names.ts'
import { useHeldRows } from './use-held-rows.ts'

/** The chats of the view, those that wait longest first. */
export function ChatList({ openPlace }: { openPlace: ChatPlace | undefined }) {
  const { t } = useTranslation('inbox')
  const search = useSearch({ from: '/frame/inbox' })
  const chats = useChats(search)
  const page = chats.pages.at(-1)
  const listWidth = useListWidth()
  const { density } = useDensity()
  return (
    <section className="inbox-list" aria-label={t('chats')} data-density={density} style={styleOf(listWidth.width)}>
      <ListHead search={search} total={page?.total} />
      <FilterChips search={search} page={page} />
      <FirstMirror />
      <Read query={chats}>
        {rows =>
          rows.length === 0 && page ? (
            <NoChats search={search} inView={page.inView} />
          ) : (
            <Rows
              key={JSON.stringify({ ...search, panel: '' })}
              chats={chats}
              openPlace={openPlace}
              rowHeight={rowHeights[density]}
            />
          )
        }
      </Read>
      <Trickle />
      <ListEdge {...listWidth} />
    </section>
  )
}

/** Where none was chosen, the style sheet has it by the room there is. */
const styleOf = (width: number | undefined) =>
  width === undefined ? {} : ({ '--list-width': `${width}px` } as CSSProperties) // any property of its own may be set

type RowsProps = { chats: ReturnType<typeof useChats>; openPlace: ChatPlace | undefined; rowHeight: number }

function Rows({ chats, openPlace, rowHeight }: RowsProps) {
  const { t } = useTranslation('inbox')
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const held = useHeldRows(chats.rows, box)
  const cabinetOf = useCabinetNames()
  const openNext = (key: string) => {
    const row = held.rows.find(one => keyOfChat(one) === key)
    if (!row) return
    void navigate({ to: '/inbox/$cabinetId/$chatId', params: placeOf(row), search: true, replace: true })
  }
  const show = () => {
    held.apply()
    if (chats.hasNews) chats.showNews()
  }
  return (
    <div ref={box} className="inbox-rows">
      <VirtualList
        texts={{ label: t('chats'), nextKey: t('nextKey'), previousKey: t('previousKey') }}
        rows={held.rows}
        keyOf={keyOfChat}
        rowHeight={rowHeight}
        openKey={openPlace && `${openPlace.cabinetId}/${openPlace.chatId}`}
        onOpenNext={openNext}
        onEnd={chats.loadMore}
        isLoadingMore={chats.isLoadingMore}
        hasNews={held.movedCount > 0 || chats.hasNews}
        newsText={held.movedCount > 0 ? t('moved', { count: held.movedCount }) : undefined}
        onShowNews={show}
      >
        {(row, state) => <ChatRow row={row} cabinet={cabinetOf(row)} {...state} />}
      </VirtualList>
    </div>
  )
}
