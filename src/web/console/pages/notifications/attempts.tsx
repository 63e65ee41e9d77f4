import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { useFormat } from '../../../ui/format.ts'
import { type Attempt, useAttemptWords } from './words.tsx'

const shownUnasked = 50

const signs = {
  delivered: { icon: IconCheck, color: 'var(--done-text)' },
  refused: { icon: IconX, color: 'var(--overdue-text)' },
  failed: { icon: IconAlertTriangle, color: 'var(--near-text)' },
}

/** Every attempt of a delivery, the newest first: time, duration, outcome. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  const { t } = useTranslation('notifications')
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? attempts : attempts.slice(0, shownUnasked)
  const reason = attempts[0]?.failure?.reason
  return (
    <section>
      <h3>{t('attempts', { count: attempts.length })}</h3>
      {reason && <p className="attempts-advice">{t(`do_${inside(reason)}`)}</p>}
      {attempts.length === 0 && <p className="muted">{t('noAttempt')}</p>}
      <ol className="attempts">
        {shown.map(attempt => (
          <AttemptRow key={attempt.attempt} attempt={attempt} />
        ))}
      </ol>
      {shown.length < attempts.length && (
        <Button variant="default" fullWidth onClick={() => setWhole(true)}>
          {t('allAttempts')}
        </Button>
      )}
    </section>
  )
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const format = useFormat()
  const words = useAttemptWords()
  const { icon: Icon, color } = signs[inside(attempt.outcome)]
  return (
    <li>
      <Icon size={16} color={color} aria-hidden />
      <span className="attempt-words">{words(attempt)}</span>
      <span className="meta num">{format.duration(attempt.durationMs)}</span>
      <time className="meta" dateTime={attempt.startedAt}>
        {format.dateTime(new Date(attempt.startedAt))}
      </time>
    </li>
  )
}
