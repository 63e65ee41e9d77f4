import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  isOpen?: boolean
  title: string
  onClose: () => void
  /** A click beside the dialog does not close it: it shows a thing only once. */
  isKept?: boolean
  children: ReactNode
}

export function Dialog({ isOpen = true, title, onClose, isKept = false, children }: Props) {
  const { t } = useTranslation('ui')
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeOnClickOutside={!isKept}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  )
}
