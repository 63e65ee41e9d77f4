import { useTranslation } from 'react-i18next'
import { useNow } from '../../../ui/clock/clock.ts'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { useFormat } from '../../../ui/format.ts'
import { healthOf, type Subscription } from './words.tsx'

// The server stops counting here.
const maxCounted = 10_000

/** The health of a subscription in words: always two lines, so that nothing moves when it changes. */
export function SubscriptionFacts({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const { waiting, cancelled, failures, failingSince, lastDeliveredAt, previousSecretUntil } = subscription
  const health = healthOf(subscription)
  const counts = [
    health === 'failing' && t('failures', { count: failures }),
    waiting >= maxCounted && t('waitingMany', { number: format.number(waiting) }),
    waiting > 0 && waiting < maxCounted && t('waiting', { count: waiting }),
    cancelled > 0 && t('cancelled', { count: cancelled }),
  ].filter(text => text !== false)
  return (
    <div className="subscription-facts" data-health={health}>
      <p>
        {health === 'failing' && failingSince ? (
          <>
            {t('failingSince')} <RelativeTime at={failingSince} />
          </>
        ) : lastDeliveredAt ? (
          <>
            {t('lastTaken')} <RelativeTime at={lastDeliveredAt} />
          </>
        ) : (
          t('neverTaken')
        )}
      </p>
      <p className="subscription-counts">{counts.join(' · ')}</p>
      {health === 'failing' && <NextAttempt at={subscription.nextAttemptAt} />}
      {health === 'failed' && <p>{t('failedWhen')}</p>}
      {previousSecretUntil && (
        <p className="meta">{t('bothSecrets', { date: format.dateTime(new Date(previousSecretUntil)) })}</p>
      )}
    </div>
  )
}

function NextAttempt({ at }: { at: string | undefined }) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const now = useNow()
  if (at === undefined) return null
  const date = new Date(at)
  const when = date > now ? format.relative(date, now) : undefined
  return <p className="num">{when ? t('nextAttempt', { when }) : t('nextAttemptNow')}</p>
}
