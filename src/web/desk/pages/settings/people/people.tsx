import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, Role } from '#desk-protocol'
import { Dialog } from '../../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../../parts/dialog/form-in-dialog.tsx'
import { RelativeTime } from '../../../../ui/clock/relative-time.tsx'
import { Read } from '../../../../ui/feedback/read.tsx'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { CodeValue } from '../../../../ui/form/copy.tsx'
import { type BodyOf, callDesk } from '../../../data/desk-api.ts'
import { keyOf, useDesk } from '../../../data/reads.ts'
import { useAccount } from '../../../data/session.ts'

const roles: readonly Role[] = ['owner', 'operator', 'viewer']

/** Who may sign in. There is no mail: a link is handed over. */
export function PeopleSettings() {
  const { t } = useTranslation('settings')
  const [isInviting, setInviting] = useState(false)
  const [link, setLink] = useState<string>()
  return (
    <>
      <div>
        <Button leftSection={<IconPlus size={14} />} onClick={() => setInviting(true)}>
          {t('invite')}
        </Button>
      </div>
      <Read query={useDesk('GET /accounts', { topics: [] })}>
        {({ accounts }) => (
          <section className="card" aria-label={t('people')}>
            {accounts.map(account => (
              <PersonLine key={account.accountId} account={account} onLink={setLink} />
            ))}
          </section>
        )}
      </Read>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} onLink={setLink} />}
      {link !== undefined && (
        <Dialog title={t('linkTitle')} isKept onClose={() => setLink(undefined)}>
          <p>{t('linkHint')}</p>
          <CodeValue text={link} isWhole />
        </Dialog>
      )}
    </>
  )
}

type LineProps = { account: Account; onLink: (link: string) => void }

function PersonLine({ account, onLink }: LineProps) {
  const { t } = useTranslation('settings')
  const { accountId, name, email, isDisabled, seenAt } = account
  const isMe = useAccount()?.accountId === accountId
  const { update, reset } = usePersonActs(accountId, onLink)
  return (
    <div className="card-line">
      <div>
        <strong>{name}</strong>
        <span className="meta">
          {`${email} · `}
          {isDisabled ? t('disabled') : seenAt === undefined ? t('neverSeen') : <RelativeTime at={seenAt} />}
        </span>
      </div>
      <RoleChoice
        label={t('roleOf', { name })}
        role={account.role}
        isDisabled={isMe}
        onChoose={role => void update.run({ role })}
      />
      <Button variant="subtle" loading={reset.isPending} onClick={() => void reset.run(undefined)}>
        {t('resetLink')}
      </Button>
      {!isMe && (
        <Button variant="subtle" color="overdue" onClick={() => void update.run({ isDisabled: !isDisabled })}>
          {t(isDisabled ? 'enable' : 'disable')}
        </Button>
      )}
    </div>
  )
}

function usePersonActs(accountId: string, onLink: (link: string) => void) {
  const client = useQueryClient()
  const params = { accountId }
  const update = useAct(
    (body: BodyOf<'PATCH /accounts/{accountId}'>) => callDesk('PATCH /accounts/{accountId}', { params, body }),
    () => void client.invalidateQueries({ queryKey: keyOf('GET /accounts') }),
  )
  const reset = useAct(
    () => callDesk('POST /accounts/{accountId}/reset', { params }),
    ({ link }) => onLink(link),
  )
  return { update, reset }
}

type RoleProps = { label: string; role: Role; isDisabled?: boolean; onChoose: (role: Role) => void }

function RoleChoice({ label, role, isDisabled = false, onChoose }: RoleProps) {
  const { t } = useTranslation('settings')
  return (
    <Select
      aria-label={label}
      allowDeselect={false}
      disabled={isDisabled}
      w={150}
      data={roles.map(value => ({ value, label: t(`role_${value}`) }))}
      value={role}
      onChange={value => value && onChoose(value)}
    />
  )
}

function InviteDialog({ onClose, onLink }: { onClose: () => void; onLink: (link: string) => void }) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('operator')
  const invite = useAct(
    () => callDesk('POST /accounts/invitations', { body: { name: name.trim(), email: email.trim(), role } }),
    ({ link }) => {
      void client.invalidateQueries({ queryKey: keyOf('GET /accounts') })
      onLink(link)
      onClose()
    },
  )
  return (
    <Dialog title={t('invite')} onClose={onClose}>
      <FormInDialog
        submit={t('makeLink')}
        isBusy={invite.isPending}
        canSubmit={name.trim() !== '' && email.includes('@')}
        onSubmit={() => void invite.run(undefined)}
        onCancel={onClose}
      >
        <TextInput
          label={t('name')}
          data-autofocus
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('email')}
          type="email"
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
        />
        <RoleChoice label={t('role')} role={role} onChoose={setRole} />
        <p className="muted">{t(`roleHint_${role}`)}</p>
      </FormInDialog>
    </Dialog>
  )
}
