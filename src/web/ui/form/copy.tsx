import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import './copy.css'

/** Copies the text, and says so. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation('ui')
  const { copy, copied } = useClipboard({ timeout: 1500 })
  const says = copied ? t('copied') : (label ?? t('copy'))
  // A plain button: tables have one in every row.
  return (
    <button
      type="button"
      className="copy-button"
      aria-label={says}
      title={says}
      onClick={event => {
        event.stopPropagation()
        copy(text)
      }}
    >
      {copied ? <IconCheck size={15} color="var(--done-text)" /> : <IconCopy size={15} />}
    </button>
  )
}

/** A value to be copied: an id, a token, an address. `isWhole` shows all of it, in several lines if it must. */
export function CodeValue({ text, label, isWhole = false }: { text: string; label?: string; isWhole?: boolean }) {
  return (
    <span className={isWhole ? 'code-value code-value-whole' : 'code-value'}>
      <code className={isWhole ? 'mono' : 'mono cut'}>{text}</code>
      <CopyButton text={text} {...(label && { label })} />
    </span>
  )
}
