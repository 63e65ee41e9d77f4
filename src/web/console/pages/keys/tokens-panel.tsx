import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { SidePanel } from '../../../ui/frame/page.tsx'
import { useBusinessId } from '../../data/business.ts'
import { useAdmin } from '../../data/queries.ts'
import { RevokeButton } from './revoke-button.tsx'
import { type Purpose, useRevoking } from './revoking.ts'

/** Tokens of the market's own APIs: when all of a kind were last revoked, and how to revoke them. */
export function TokensPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keys')
  const tokens = useAdmin('GET /tokens', { topics: [] })
  const acts = useRevoking(() => void tokens.refetch())
  return (
    <SidePanel title={t('tokens')} label={t('tokens')} onClose={onClose}>
      <Read query={tokens}>
        {({ tokens }) => {
          const since = (purpose: Purpose) => tokens.find(each => each.purpose === purpose)?.validFrom
          return (
            <div className="tokens">
              <Section isOne title={t('tokensAdmin')} hint={t('tokensAdminHint')} revokedAt={since('admin')}>
                <RevokeButton
                  act={acts.revokeAdmin}
                  given={undefined}
                  text={t('revokeToken')}
                  question={t('tokensAdminQuestion')}
                />
              </Section>
              <BuyerTokens acts={acts} revokedAt={since('buyer')} />
              <BusinessTokens acts={acts} revokedAt={since('business')} />
            </div>
          )
        }}
      </Read>
    </SidePanel>
  )
}

type SectionProps = { title: string; hint: string; isOne?: true; revokedAt: string | undefined; children: ReactNode }

function Section({ title, hint, isOne, revokedAt, children }: SectionProps) {
  const { t } = useTranslation('keys')
  const never = isOne ? t('tokenNever') : t('tokensNever')
  const revoked = isOne ? t('tokenRevoked') : t('tokensRevoked')
  return (
    <section>
      <h3>{title}</h3>
      <p className="muted">{hint}</p>
      <p className="meta">
        {revokedAt === undefined ? never : revoked} {revokedAt && <RelativeTime at={revokedAt} />}
      </p>
      {children}
    </section>
  )
}

type Acts = { acts: ReturnType<typeof useRevoking>; revokedAt: string | undefined }

function BuyerTokens({ acts, revokedAt }: Acts) {
  const { t } = useTranslation('keys')
  const [id, setId] = useState('')
  const publicId = id.trim()
  return (
    <Section title={t('tokensBuyers')} hint={t('tokensBuyersHint')} revokedAt={revokedAt}>
      <div className="tokens-one">
        <TextInput
          label={t('tokensBuyerId')}
          maxLength={100}
          value={id}
          onChange={event => setId(event.currentTarget.value)}
        />
        <RevokeButton
          act={acts.revokeBuyer}
          given={publicId}
          text={t('tokensOfBuyer')}
          question={t('tokensBuyerQuestion', { id: publicId })}
          isDisabled={publicId === ''}
        />
      </div>
      <RevokeButton
        act={acts.revokeAll}
        given="buyer"
        text={t('tokensOfAllBuyers')}
        question={t('tokensBuyersQuestion')}
      />
    </Section>
  )
}

function BusinessTokens({ acts, revokedAt }: Acts) {
  const { t } = useTranslation('keys')
  const id = useBusinessId()
  return (
    <Section title={t('tokensBusinesses')} hint={t('tokensBusinessesHint')} revokedAt={revokedAt}>
      <div className="row">
        <RevokeButton
          act={acts.revokeBusiness}
          given={undefined}
          text={t('tokensOfBusiness')}
          question={t('tokensBusinessQuestion', { id })}
        />
        <RevokeButton
          act={acts.revokeAll}
          given="business"
          text={t('tokensOfAllBusinesses')}
          question={t('tokensBusinessesQuestion')}
        />
      </div>
    </Section>
  )
}
