import { ActionIcon, Tooltip } from '@mantine/core'
import { IconQuote } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import type { Message } from '#desk-protocol'
import { useKeys } from '../../../../ui/keys/keys.ts'
import { useShown } from '../../../../ui/keys/shown.ts'
import { focusedMessageId, selectedWords } from './focused-message.ts'

type Quote = (text: string) => void

/** Q quotes what is selected, else the message that has the focus, else the last one that is not ours. */
export function useQuoteKey(messages: readonly Message[], quote: Quote | undefined): void {
  const { t } = useTranslation('inbox')
  const isOffered = quote !== undefined
  const latest = useRef(() => {})
  useEffect(() => {
    latest.current = () => {
      const text = selectedWords() || messageToQuote(messages, focusedMessageId())
      if (text) quote?.(text)
    }
  })
  useKeys(
    useMemo(
      () => (isOffered ? [{ keys: 'q', does: t('quoteKey'), run: () => latest.current(), isOfOpen: true }] : []),
      [t, isOffered],
    ),
  )
}

function messageToQuote(messages: readonly Message[], focusedId: string | undefined): string | undefined {
  const focused = messages.find(({ messageId }) => String(messageId) === focusedId)
  return (focused ?? messages.findLast(({ sender, text }) => text && inside(sender) !== 'partner'))?.text
}

/** Beside a message. */
export function QuoteButton({ onQuote }: { onQuote: () => void }) {
  const { t } = useTranslation('inbox')
  const keys = useShown('q')
  return (
    <Tooltip label={`${t('quote')} · ${keys}`}>
      <ActionIcon size={28} aria-label={t('quote')} onClick={onQuote}>
        <IconQuote size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  )
}
