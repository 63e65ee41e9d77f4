import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languages, switchLanguage } from '../../ui/i18n.ts'

export const schemes = [
  { scheme: 'light', text: 'themeLight', icon: IconSun },
  { scheme: 'dark', text: 'themeDark', icon: IconMoon },
  { scheme: 'auto', text: 'themeSystem', icon: IconDeviceDesktop },
] as const

/** Items of a menu: language and theme. */
export function LookItems() {
  return (
    <>
      <Languages />
      <Themes />
    </>
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
