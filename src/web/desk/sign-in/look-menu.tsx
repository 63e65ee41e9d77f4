import { Menu } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LookItems } from '../../parts/menu/look-items.tsx'
import '../../ui/frame/frame.css'

/** Language and theme, where there is no frame. */
export function LookMenu() {
  const { t } = useTranslation('desk')
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <button type="button" className="frame-link">
          <IconSettings size={18} stroke={1.5} aria-hidden />
          <span className="frame-label">{t('settings')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <LookItems />
      </Menu.Dropdown>
    </Menu>
  )
}
