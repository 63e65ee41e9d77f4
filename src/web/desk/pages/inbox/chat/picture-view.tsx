import { ActionIcon, Modal } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconDownload } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileInThread } from '../../../../parts/thread/thread-message.ts'

type Props = {
  pictures: readonly FileInThread[]
  opened: FileInThread
  onOpen: (picture: FileInThread) => void
  onClose: () => void
}

/** A picture as large as the window; arrows walk all pictures of the chat, Space closes it as it has opened it. */
export function PictureView({ pictures, opened, onOpen, onClose }: Props) {
  const { t } = useTranslation(['inbox', 'ui'])
  const at = pictures.findIndex(({ href }) => href === opened.href)
  const step = (by: number) => {
    const next = pictures[at + by]
    if (next) onOpen(next)
  }
  useViewKeys(step, onClose)
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={<span className="cut">{opened.name}</span>}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      classNames={{ body: 'picture-body', content: 'picture-content' }}
    >
      <img src={opened.href} alt={opened.name} />
      <div className="picture-acts">
        <ActionIcon size={40} aria-label={t('inbox:picturePrevious')} disabled={at <= 0} onClick={() => step(-1)}>
          <IconArrowLeft size={20} />
        </ActionIcon>
        <span className="num">{t('inbox:picture', { at: at + 1, count: pictures.length })}</span>
        <ActionIcon
          size={40}
          aria-label={t('inbox:pictureNext')}
          disabled={at >= pictures.length - 1}
          onClick={() => step(1)}
        >
          <IconArrowRight size={20} />
        </ActionIcon>
        <ActionIcon
          size={40}
          component="a"
          href={opened.href}
          download={opened.name}
          aria-label={t('inbox:pictureSave')}
        >
          <IconDownload size={20} stroke={1.5} />
        </ActionIcon>
      </div>
    </Modal>
  )
}

function useViewKeys(step: (by: number) => void, onClose: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // On a button, Space presses it.
      const isOnButton = event.target instanceof Element && event.target.closest('button') !== null
      if (event.code === 'Space' && !event.repeat && !isOnButton) onClose()
      if (event.key === 'ArrowLeft') step(-1)
      if (event.key === 'ArrowRight') step(1)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [step, onClose])
}
