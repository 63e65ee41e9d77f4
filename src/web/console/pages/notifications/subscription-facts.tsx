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
  const { waiting, cancelled, failures, previousSecretUntil } = subscription
  const health = healthOf(subscription)
  const fact = mainFact(subscription)
  const counts = [
    failures > 0 && t('failures', { count: failures }),
    waiting >= maxCounted && t('waitingMany', { number: format.number(waiting) }),
    waiting > 0 && waiting < maxCounted && t('waiting', { count: waiting }),
    cancelled > 0 && t('cancelled', { count: cancelled }),
  ].filter(text => text !== false)
  return (
    <div className="subscription-facts" data-health={health}>
      <p>
        {fact.at === undefined ? (
          t(fact.text)
        ) : (
          <>
            {t(fact.text)} <RelativeTime at={fact.at} />
          </>
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

/** What is said first of it, and when that was. */
function mainFact(subscription: Subscription) {
  const { stateSince, failures, failingSince, cancelled, lastDeliveredAt } = subscription
  const health = healthOf(subscription)
  if (health === 'failed') return { text: 'failedSince', at: stateSince } as const
  if (health === 'failing' && failingSince) return { text: 'failingSince', at: failingSince } as const
  if (lastDeliveredAt) return { text: 'lastTaken', at: lastDeliveredAt } as const
  return { text: failures + cancelled > 0 ? 'noneTaken' : 'neverTaken', at: undefined } as const
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
