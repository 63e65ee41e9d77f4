import { Textarea } from '@mantine/core'
import type { ClipboardEvent, KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '#desk-protocol'
import type { Canned } from './canned/use-canned.ts'
import type { Slots } from './canned/use-slots.ts'
import { sendKeyOf } from './send-keys.ts'
import type { Answering } from './use-answering.ts'

type Props = {
  answering: Answering
  canned: Canned
  slots: Slots
  sendBy: Preferences['sendBy']
  onFiles: (files: readonly File[]) => void
  ref: Ref<HTMLTextAreaElement>
}

/** The field grows from one line to ten. A list of canned replies that is open has the arrows, Enter and Tab; else Tab goes to what is to be filled in. */
export function WriteField({ answering, canned, slots, sendBy, onFiles, ref }: Props) {
  const { t } = useTranslation('writing')
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (canned.isOpen && canned.onKey(event.nativeEvent)) return event.preventDefault()
    if (slots.onKey(event.nativeEvent)) return event.preventDefault()
    if (event.key === 'Escape') return event.currentTarget.blur()
    const how = sendKeyOf(event.nativeEvent, sendBy)
    if (!how) return
    event.preventDefault()
    if (answering.whyNot === 'whyUnfilled') return slots.goTo(slots.slots[0])
    void answering.send({ isNext: how === 'next' })
  }
  const onPaste = ({ clipboardData: { files }, ...event }: ClipboardEvent) => {
    if (files.length === 0) return
    event.preventDefault()
    onFiles([...files])
  }
  return (
    <Textarea
      ref={ref}
      aria-label={t('write')}
      placeholder={t('write')}
      aria-controls={canned.isOpen ? 'canned' : undefined}
      aria-activedescendant={canned.activeId}
      autosize
      minRows={1}
      maxRows={10}
      value={answering.text}
      onChange={event => {
        answering.write(event.currentTarget.value)
        canned.onType(event.currentTarget)
      }}
      onSelect={event => canned.onType(event.currentTarget)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  )
}
