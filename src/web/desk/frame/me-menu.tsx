import { Menu } from '@mantine/core'
import { IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LookItems } from '../../parts/menu/look-items.tsx'
import { useAct } from '../../ui/feedback/use-act.ts'
import { useAccount, useSigning } from '../data/session.ts'

/** Who is signed in, language, theme, and the way out. */
export function MeMenu() {
  const { t } = useTranslation('desk')
  const account = useAccount()
  const { signOut } = useSigning()
  const out = useAct(signOut)
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <button type="button" className="frame-link" title={account?.name ?? t('me')}>
          <IconUserCircle size={20} stroke={1.5} aria-hidden />
          <span className="frame-label">{t('me')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {account && <Menu.Label>{`${account.name} · ${account.email}`}</Menu.Label>}
        <LookItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} stroke={1.5} />} onClick={() => void out.run(undefined)}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
