import { useMediaQuery } from '@mantine/hooks'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { listWidths, type useListWidth } from '../../../data/look.ts'

const stepPx = 10
const usual = { roomy: 360, narrow: 320 }

/** The edge of the list: it is dragged, or moved by the arrows; a double click makes it as it was. */
export function ListEdge({ width, choose, forget }: ReturnType<typeof useListWidth>) {
  const { t } = useTranslation('inbox')
  const isRoomy = useMediaQuery('(min-width: 1280px)', undefined, { getInitialValueInEffect: false })
  const shown = width ?? (isRoomy ? usual.roomy : usual.narrow)
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = widthBy(event.key, shown)
    if (wanted === undefined) return
    event.preventDefault()
    choose(wanted)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule of a text cannot be moved
    <div
      role="separator"
      tabIndex={0}
      className="inbox-edge"
      aria-orientation="vertical"
      aria-label={t('listWidth')}
      aria-valuemin={listWidths.min}
      aria-valuemax={listWidths.max}
      aria-valuenow={shown}
      onKeyDown={onKeyDown}
      onDoubleClick={forget}
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={event => dragged(event, choose)}
    />
  )
}

function widthBy(key: string, width: number): number | undefined {
  if (key === 'ArrowLeft') return width - stepPx
  if (key === 'ArrowRight') return width + stepPx
  if (key === 'Home') return listWidths.min
  return key === 'End' ? listWidths.max : undefined
}

function dragged({ currentTarget, pointerId, clientX }: PointerEvent, choose: (width: number) => void): void {
  if (!currentTarget.hasPointerCapture(pointerId)) return
  const begin = currentTarget.parentElement?.getBoundingClientRect().left ?? 0
  choose(clientX - begin)
}
