import { Button, type ButtonProps, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = Pick<ButtonProps, 'variant' | 'color' | 'size' | 'leftSection' | 'disabled'> & {
  children: ReactNode
  /** What will happen, to whom, and whether it can be taken back. */
  question: ReactNode
  /** The word on the button that does it. */
  yes: string
  isBusy?: boolean
  onYes: () => unknown
}

/** A button that asks for confirmation beside itself, before an act that cannot be undone. */
export function ConfirmButton({ children, question, yes, isBusy = false, onYes, ...button }: Props) {
  const { t } = useTranslation('ui')
  const [isOpen, { toggle, close }] = useDisclosure()
  return (
    <Popover opened={isOpen} onChange={close} position="bottom-end" trapFocus width={280} withinPortal>
      <Popover.Target>
        <Button variant="subtle" color="overdue" {...button} loading={isBusy} onClick={toggle}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="confirm">
          <div>{question}</div>
          <div className="confirm-acts">
            <Button variant="default" onClick={close} data-autofocus>
              {t('cancel')}
            </Button>
            <Button
              color="overdue"
              onClick={() => {
                close()
                onYes()
              }}
            >
              {yes}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
