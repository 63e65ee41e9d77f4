import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CannedReply } from '#desk-protocol'
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx'
import { useCabinetList } from '../../../data/cabinets.ts'
import { findReplies, indexReplies } from '../../../replies/find-replies.ts'
import { CopyBar } from './copy-bar.tsx'
import { ReplyLine } from './reply-line.tsx'
import { type Selection, useSelection } from './use-selection.ts'

type Props = {
  cabinetId: string
  canWrite: boolean
  replies: readonly CannedReply[]
  onEdit: (reply: CannedReply) => void
}

const atOnce = 100

/** By folder, or what is searched for, the closest first. Where there is another cabinet, some can be selected and copied. */
export function ReplyList({ cabinetId, canWrite, replies, onEdit }: Props) {
  const { t } = useTranslation('replies')
  const [typed, setTyped] = useState('')
  const [max, setMax] = useState(atOnce)
  const indexed = useMemo(() => indexReplies(replies), [replies])
  const isSearch = typed.trim() !== ''
  const found = isSearch ? findReplies(indexed, typed, replies.length).found : replies
  const others = useCabinetList().filter(cabinet => String(cabinet.cabinetId) !== cabinetId)
  const selection = useSelection(replies)
  const selectable = canWrite && others.length > 0 ? selection : undefined
  const shown = found.slice(0, max)
  return (
    <section className="card replies" aria-label={t('editTitle')}>
      <TextInput
        type="search"
        aria-label={t('find')}
        placeholder={t('find')}
        leftSection={<IconSearch size={14} />}
        maxLength={100}
        value={typed}
        onChange={event => {
          setTyped(event.currentTarget.value)
          setMax(atOnce)
        }}
      />
      {selectable && <CopyBar {...{ cabinetId, others, found }} selection={selectable} />}
      {found.length === 0 && (
        <EmptyState icon={IconSearch} title={t('foundNone', { typed: typed.trim() })} hint={t('foundNoneHint')}>
          <Button variant="default" onClick={() => setTyped('')}>
            {t('showAll')}
          </Button>
        </EmptyState>
      )}
      {groupsOf(shown, !isSearch && found.some(({ folder }) => folder !== '')).map(([folder, ofFolder]) => (
        <div key={folder ?? ''}>
          {folder !== undefined && (
            <FolderHead folder={folder} all={found.filter(reply => reply.folder === folder)} selection={selectable} />
          )}
          {ofFolder.map(reply => (
            <ReplyLine
              key={reply.replyId}
              {...{ reply, isSearch }}
              selection={selectable}
              onEdit={canWrite ? () => onEdit(reply) : undefined}
            />
          ))}
        </div>
      ))}
      {found.length > max && (
        <Button variant="default" onClick={() => setMax(max + atOnce)}>
          {t('more', { count: Math.min(atOnce, found.length - max) })}
        </Button>
      )}
    </section>
  )
}

/** What is found stands in the order of how close it is: its folders are on the lines. */
function groupsOf(
  replies: readonly CannedReply[],
  hasFolders: boolean,
): [folder: string | undefined, replies: readonly CannedReply[]][] {
  return hasFolders ? [...Map.groupBy(replies, ({ folder }) => folder)] : [[undefined, replies]]
}

type HeadProps = { folder: string; all: readonly CannedReply[]; selection: Selection | undefined }

function FolderHead({ folder, all, selection }: HeadProps) {
  const { t } = useTranslation('replies')
  const name = folder || t('noFolder')
  const count = selection?.countOf(all) ?? 0
  return (
    <h2 className="replies-folder">
      {selection && (
        <Checkbox
          size="xs"
          aria-label={t('selectFolder', { folder: name })}
          checked={count === all.length}
          indeterminate={count > 0 && count < all.length}
          onChange={() => selection.set(all, count < all.length)}
        />
      )}
      <span className="cut">{name}</span>
      <span className="meta num">{all.length}</span>
    </h2>
  )
}
