import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core'
import type { ReactNode, Ref } from 'react'

type Props = ActionIconProps & {
  label: string
  /** Why it cannot be done now. */
  whyNot: string | undefined
  onDo: () => void
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** A button with an icon. If it cannot be used it stays reachable, so that its reason can be read. */
export function IconAct({ label, whyNot, onDo, children, ...button }: Props) {
  return (
    <Tooltip label={whyNot ?? label} multiline maw={280}>
      <ActionIcon
        {...button}
        aria-label={label}
        aria-description={whyNot}
        aria-disabled={whyNot !== undefined}
        data-disabled={whyNot !== undefined || undefined}
        onClick={() => whyNot === undefined && onDo()}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
