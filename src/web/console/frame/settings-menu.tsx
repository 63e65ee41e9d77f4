import { Menu, useMantineColorScheme } from '@mantine/core'
import {
  IconCheck,
  IconDeviceDesktop,
  IconDevicesOff,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../ui/feedback/use-act.ts'
import { languages, switchLanguage } from '../../ui/i18n.ts'
import { useSigning } from '../data/session.ts'

const schemes = [
  { scheme: 'light', text: 'themeLight', icon: IconSun },
  { scheme: 'dark', text: 'themeDark', icon: IconMoon },
  { scheme: 'auto', text: 'themeSystem', icon: IconDeviceDesktop },
] as const

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
        <Languages />
        <Themes />
        {isSignedIn && <SignOut />}
      </Menu.Dropdown>
    </Menu>
  )
}

function Languages() {
  const { t, i18n } = useTranslation('ui')
  return (
    <>
      <Menu.Label>{t('language')}</Menu.Label>
      {languages.map(language => (
        <Menu.Item
          key={language}
          lang={language}
          rightSection={language === i18n.language && <IconCheck size={14} />}
          onClick={() => switchLanguage(language)}
        >
          {i18n.getFixedT(language, 'ui')('languageName')}
        </Menu.Item>
      ))}
    </>
  )
}

function Themes() {
  const { t } = useTranslation('ui')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('theme')}</Menu.Label>
      {schemes.map(({ scheme, text, icon: Icon }) => (
        <Menu.Item
          key={scheme}
          leftSection={<Icon size={15} stroke={1.5} />}
          rightSection={scheme === colorScheme && <IconCheck size={14} />}
          onClick={() => setColorScheme(scheme)}
        >
          {t(text)}
        </Menu.Item>
      ))}
    </>
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
