import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useBoundKeys } from './keys.ts'
import { shown } from './shown.ts'
import '../frame/frame.css'

/** All keys that work now, with what they do. */
export function KeysSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('ui')
  const acts = useBoundKeys()
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('keysTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      <dl className="keys-list">
        {acts.map(({ keys, does }) => (
          <div key={keys}>
            <dt>{does}</dt>
            <dd>
              {keys.split(' ').map(stroke => (
                <Kbd key={stroke} size="xs">
                  {shown(stroke)}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="meta">{t('keysNote')}</p>
    </Modal>
  )
}
