import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { MouseEvent, ReactNode } from 'react'

type Props = ButtonProps & {
  /** Why it cannot be done now. */
  whyNot: string | undefined
  /** What it does where its text does not tell it. */
  hint?: string | undefined
  type?: 'button' | 'submit'
  'aria-label'?: string
  onDo?: () => void
  children: ReactNode
}

/** A button that stays reachable while it cannot be used, so that its reason can be read. */
export function ActButton({ whyNot, hint, type = 'button', onDo, children, ...button }: Props) {
  const onClick = (event: MouseEvent) => {
    if (whyNot !== undefined) return event.preventDefault()
    onDo?.()
  }
  const says = whyNot ?? hint
  return (
    <Tooltip label={says} disabled={says === undefined} multiline maw={280}>
      <Button
        {...button}
        type={type}
        aria-disabled={whyNot !== undefined}
        aria-description={whyNot}
        data-disabled={whyNot !== undefined || undefined}
        onClick={onClick}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
