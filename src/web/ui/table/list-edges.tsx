import { Button, Loader } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

type PillProps = { className: string; text?: string | undefined; onShow: (() => void) | undefined }

/** Something new is not shown yet, so that nothing moves under the reader. */
export function NewsPill({ className, text, onShow }: PillProps) {
  const { t } = useTranslation('ui')
  return (
    <Button className={className} radius="xl" leftSection={<IconArrowUp size={14} />} onClick={onShow}>
      {text ?? t('showNew')}
    </Button>
  )
}

export function LoadingMore() {
  const { t } = useTranslation('ui')
  return (
    <div className="loading-more">
      <Loader size="xs" aria-label={t('loading')} />
    </div>
  )
}
