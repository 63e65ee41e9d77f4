import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '#desk-protocol'

type Props = { messages: readonly Message[]; onClose: () => void }

/** Words within the chat, the newest first: Enter goes to the one before. */
export function FindBar({ messages, onClose }: Props) {
  const { t } = useTranslation(['inbox', 'ui'])
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const count = countIn(messages, wanted)
  const step = (by: number) => setAt(before => (count === 0 ? 0 : (before + by + count) % count))
  useMarked(wanted, at)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
  }
  return (
    <search className="inbox-find">
      <TextInput
        autoFocus
        aria-label={t('inbox:find')}
        placeholder={t('inbox:find')}
        leftSection={<IconSearch size={14} />}
        value={wanted}
        onChange={event => {
          setWanted(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <output className="meta num">
        {wanted.trim() !== '' && (count === 0 ? t('inbox:findNone') : t('inbox:findCount', { at: at + 1, count }))}
      </output>
      <ActionIcon aria-label={t('inbox:previousKey')} onClick={() => step(1)}>
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('inbox:nextKey')} onClick={() => step(-1)}>
        <IconChevronDown size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('ui:close')} onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </search>
  )
}

function countIn(messages: readonly Message[], wanted: string): number {
  const typed = wanted.trim().toLowerCase()
  return typed === '' ? 0 : messages.filter(({ text }) => text?.toLowerCase().includes(typed)).length
}

/** Marks what was found where it stands, without touching the elements that show it. */
function useMarked(wanted: string, at: number): void {
  useEffect(() => {
    const typed = wanted.trim().toLowerCase()
    const texts = typed === '' ? [] : [...document.querySelectorAll('.inbox-chat .bubble-text')].toReversed()
    const found = texts.filter(text => text.textContent?.toLowerCase().includes(typed))
    const marked = found[at]
    marked?.setAttribute('data-found', '')
    marked?.scrollIntoView({ block: 'center' })
    return () => marked?.removeAttribute('data-found')
  }, [wanted, at])
}
