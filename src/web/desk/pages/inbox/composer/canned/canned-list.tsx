import { IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CannedReply } from '#desk-protocol'
import type { Canned } from './use-canned.ts'
import './canned.css'

/** Above the field: what was found, and a preview with the variables filled in. */
export function CannedList({ canned }: { canned: Canned }) {
  const { t } = useTranslation('writing')
  const { found, total, index, state, isUnread } = canned
  const says = isUnread ? 'repliesUnread' : state === 'none' ? 'repliesEmpty' : 'repliesNone'
  if (state === 'reading' && !isUnread) return null
  if (found.length === 0) return <p className="canned canned-none">{t(says)}</p>
  const chosen = found[index]
  const hidden = total - found.length
  return (
    <div className="canned">
      <div id="canned" role="listbox" aria-label={t('replies')} className="canned-list">
        {found.map((reply, at) => (
          <button
            key={reply.replyId}
            id={`canned-${at}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={at === index}
            ref={element => {
              if (at === index) element?.scrollIntoView({ block: 'nearest' })
            }}
            onMouseDown={event => event.preventDefault()}
            onClick={() => canned.insert(reply)}
          >
            <span className="canned-title">
              <span className="cut">{reply.title}</span>
              <FileCount reply={reply} />
            </span>
            {reply.folder && <span className="meta cut">{reply.folder}</span>}
            <span className="meta cut canned-snippet">{canned.preview(reply)}</span>
          </button>
        ))}
      </div>
      {chosen && (
        <div className="canned-preview">
          <p>{canned.preview(chosen)}</p>
          {chosen.files.map(({ fileId, name }) => (
            <span key={fileId} className="meta canned-file">
              <IconPaperclip size={13} aria-hidden />
              <span className="cut">{name}</span>
            </span>
          ))}
          {chosen.uses > 0 && <span className="meta">{t('uses', { count: chosen.uses })}</span>}
        </div>
      )}
      <p className="canned-keys meta">
        {t('repliesKeys')}
        {hidden > 0 && ` · ${t('repliesMore', { count: hidden })}`}
      </p>
    </div>
  )
}

function FileCount({ reply: { files } }: { reply: CannedReply }) {
  const { t } = useTranslation('writing')
  if (files.length === 0) return null
  return (
    <span className="meta num" role="img" aria-label={t('repliesFiles', { count: files.length })}>
      <IconPaperclip size={13} aria-hidden /> {files.length}
    </span>
  )
}
