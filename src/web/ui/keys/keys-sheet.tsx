import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keysInForce } from './bindings.ts'
import { useBoundKeys } from './keys.ts'
import { StrokesShown } from './strokes-shown.tsx'
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
              <StrokesShown keys={keysInForce(keys)} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="meta">{t('keysNote')}</p>
    </Modal>
  )
}
