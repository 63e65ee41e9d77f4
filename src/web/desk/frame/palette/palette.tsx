import { Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StrokesShown } from '../../../ui/keys/strokes-shown.tsx'
import { type PaletteItem, useItems } from './use-items.ts'
import './palette.css'

/** Every command that works here and now, with its key; then chats that have the words. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['desk', 'ui'])
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('desk:paletteTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      centered={false}
      padding="sm"
    >
      <Chooser onClose={onClose} />
    </Modal>
  )
}

function Chooser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('desk')
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const navigate = useNavigate()
  const items = useItems(wanted)
  const index = Math.min(at, items.length - 1)
  const choose = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    if (item.kind === 'act') item.run()
    else void navigate({ to: '/inbox/$cabinetId/$chatId', params: item.place, search: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt(Math.min(Math.max(index + step, 0), items.length - 1))
    if (event.key === 'Enter') choose(items[index])
    if (step !== 0 || event.key === 'Enter') event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        size="sm"
        role="combobox"
        aria-expanded
        aria-controls="palette-items"
        aria-activedescendant={items[index] && idOf(index)}
        aria-label={t('paletteField')}
        placeholder={t('paletteField')}
        leftSection={<IconSearch size={15} />}
        value={wanted}
        onChange={event => {
          setWanted(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <Items items={items} at={index} onChoose={choose} />
    </>
  )
}

const idOf = (index: number) => `palette-${index}`

type ItemsProps = { items: readonly PaletteItem[]; at: number; onChoose: (item: PaletteItem) => void }

function Items({ items, at, onChoose }: ItemsProps) {
  const { t } = useTranslation('desk')
  if (items.length === 0) return <p className="palette-none">{t('paletteNone')}</p>
  return (
    <div id="palette-items" role="listbox" aria-label={t('paletteTitle')} className="palette-items">
      {items.map((item, index) => (
        <button
          key={item.key}
          id={idOf(index)}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          ref={element => {
            if (index === at) element?.scrollIntoView({ block: 'nearest' })
          }}
          onClick={() => onChoose(item)}
        >
          <span className="cut">{item.says}</span>
          <span className="palette-keys">{item.keys !== undefined && <StrokesShown keys={item.keys} />}</span>
        </button>
      ))}
    </div>
  )
}
