import { Menu } from '@mantine/core'
import { IconDevicesOff, IconLogout, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LookItems } from '../../parts/menu/look-items.tsx'
import { useAct } from '../../ui/feedback/use-act.ts'
import { useSigning } from '../data/session.ts'

/** Language, theme, and the way out. */
export function SettingsMenu({ isSignedIn = true }: { isSignedIn?: boolean }) {
  const { t } = useTranslation('frame')
  return (
    <Menu position={isSignedIn ? 'top-start' : 'bottom-end'} width={208}>
      <Menu.Target>
        <button type="button" className="frame-link">
          <IconSettings size={18} stroke={1.5} aria-hidden />
          <span className="frame-label">{t('settings')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <LookItems />
        {isSignedIn && <SignOut />}
      </Menu.Dropdown>
    </Menu>
  )
}

function SignOut() {
  const { t } = useTranslation('frame')
  const { signOut, signOutEverywhere } = useSigning()
  const here = useAct(signOut)
  const everywhere = useAct(signOutEverywhere)
  return (
    <>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={15} stroke={1.5} />} onClick={() => void here.run(undefined)}>
        {t('signOut')}
      </Menu.Item>
      <Menu.Item leftSection={<IconDevicesOff size={15} stroke={1.5} />} onClick={() => void everywhere.run(undefined)}>
        {t('signOutEverywhere')}
      </Menu.Item>
    </>
  )
}
