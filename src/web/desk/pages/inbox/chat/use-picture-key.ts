import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '#desk-protocol'
import type { FileInThread } from '../../../../parts/thread/thread-message.ts'
import { useKeys } from '../../../../ui/keys/keys.ts'
import { picturesIn } from './files.ts'
import { focusedMessageId } from './focused-message.ts'

/** Space shows the pictures of the message that has the focus, else of the last one that has any. Without pictures it scrolls, as ever. */
export function usePictureKey(messages: readonly Message[], show: (picture: FileInThread) => void): void {
  const { t } = useTranslation('inbox')
  const isOffered = picturesIn(messages).length > 0
  const latest = useRef(() => {})
  useEffect(() => {
    latest.current = () => {
      const focusedId = focusedMessageId()
      const focused = messages.filter(({ messageId }) => String(messageId) === focusedId)
      const [picture] = [...picturesIn(focused), ...lastPicturesIn(messages)]
      if (picture) show(picture)
    }
  })
  useKeys(
    useMemo(
      () => (isOffered ? [{ keys: 'space', does: t('pictureKey'), run: () => latest.current(), isOfOpen: true }] : []),
      [t, isOffered],
    ),
  )
}

function lastPicturesIn(messages: readonly Message[]): FileInThread[] {
  const last = messages.findLast(message => picturesIn([message]).length > 0)
  return last ? picturesIn([last]) : []
}
