import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SessionRow } from '#desk-protocol'
import { RelativeTime } from '../../../../ui/clock/relative-time.tsx'
import { Read } from '../../../../ui/feedback/read.tsx'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { keyOf, useDesk } from '../../../data/reads.ts'

/** Where the account is signed in; each can be ended. */
export function SessionsCard() {
  const { t } = useTranslation('settings')
  const sessions = useDesk('GET /sessions', { topics: [] })
  return (
    <section className="card" aria-label={t('sessions')}>
      <h2>{t('sessions')}</h2>
      <Read query={sessions}>
        {({ sessions: all }) => all.map(session => <SessionLine key={session.sessionId} session={session} />)}
      </Read>
    </section>
  )
}

function SessionLine({ session: { sessionId, userAgent, seenAt, isThis } }: { session: SessionRow }) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const end = useAct(
    () => callDesk('DELETE /sessions/{sessionId}', { params: { sessionId } }),
    () => void client.invalidateQueries({ queryKey: keyOf('GET /sessions') }),
  )
  return (
    <div className="card-line">
      <div>
        <span>{userAgent}</span>
        <span className="meta">
          <RelativeTime at={seenAt} />
        </span>
      </div>
      {isThis ? (
        <span className="meta">{t('thisSession')}</span>
      ) : (
        <Button variant="default" loading={end.isPending} onClick={() => void end.run(undefined)}>
          {t('endSession')}
        </Button>
      )}
    </div>
  )
}
