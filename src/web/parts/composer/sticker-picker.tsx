import { Popover } from '@mantine/core'
import type { ReactElement } from 'react'
import './composer.css'

type Props<Sticker> = {
  label: string
  stickers: readonly Sticker[]
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onChosen: (sticker: Sticker) => void
  /** The button that opens the choice. */
  children: ReactElement
}

export function StickerPicker<Sticker extends { name: string; text: string }>({
  label,
  stickers,
  isOpen,
  onOpen,
  onChosen,
  children,
}: Props<Sticker>) {
  return (
    <Popover opened={isOpen} onChange={onOpen} position="top-start" trapFocus>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown className="stickers" aria-label={label}>
        {stickers.map(sticker => (
          <button
            key={sticker.name}
            type="button"
            aria-label={sticker.name}
            onClick={() => {
              onOpen(false)
              onChosen(sticker)
            }}
          >
            {sticker.text}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
