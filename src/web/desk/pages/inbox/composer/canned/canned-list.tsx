import { useTranslation } from 'react-i18next'
import type { Canned } from './use-canned.ts'
import './canned.css'

/** Above the field: what was found, and a preview with the variables filled in. */
export function CannedList({ canned }: { canned: Canned }) {
  const { t } = useTranslation('writing')
  const { found, index, isEmpty } = canned
  if (found.length === 0) return <p className="canned canned-none">{t(isEmpty ? 'repliesEmpty' : 'repliesNone')}</p>
  const chosen = found[index]
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
            <span className="cut">{reply.title}</span>
            <span className="meta cut">{reply.folder}</span>
          </button>
        ))}
      </div>
      <div className="canned-preview">
        {chosen && <p>{canned.preview(chosen)}</p>}
        <span className="meta">{chosen && chosen.uses > 0 && t('uses', { count: chosen.uses })}</span>
      </div>
      <p className="canned-keys meta">{t('repliesKeys')}</p>
    </div>
  )
}
