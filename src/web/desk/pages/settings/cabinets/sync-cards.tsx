import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Sync } from '#desk-protocol'
import { RelativeTime } from '../../../../ui/clock/relative-time.tsx'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { CodeValue } from '../../../../ui/form/copy.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { CallsOfHour } from '../../../cabinet/calls-of-hour.tsx'
import { callDesk } from '../../../data/desk-api.ts'
import { keyOf } from '../../../data/reads.ts'
import { PhaseChip } from './phase-chip.tsx'

export function StateCard({ cabinetId, name, sync }: { cabinetId: string; name: string; sync: Sync }) {
  const { t } = useTranslation(['settings', 'ui'])
  const format = useFormat()
  const { phase, progress, checkedAt, problem, gaps, gapsIn } = sync
  return (
    <section className="card" aria-label={name}>
      <h2>
        <span className="cut">{name}</span>
        <PhaseChip phase={phase} />
      </h2>
      <dl className="facts">
        <dt>{t('settings:checked')}</dt>
        <dd>{checkedAt === undefined ? t('ui:never') : <RelativeTime at={checkedAt} />}</dd>
        <dt>{t('settings:gaps')}</dt>
        <dd>{format.number(gaps)}</dd>
        {progress && (
          <>
            <dt>{t('settings:progress')}</dt>
            <dd>
              {t('settings:progressOf', {
                done: format.number(progress.chatsDone),
                known: format.number(progress.chatsKnown),
              })}
            </dd>
          </>
        )}
        {problem !== undefined && (
          <>
            <dt>{t('settings:problem')}</dt>
            <dd>{problem}</dd>
          </>
        )}
      </dl>
      {gapsIn.length > 0 && (
        <>
          <p className="muted">{t('settings:gapsHint')}</p>
          <ul className="gaps" aria-label={t('settings:gaps')}>
            {gapsIn.map(gap => (
              <li key={gap.chatId}>
                <GapLine cabinetId={cabinetId} gap={gap} />
              </li>
            ))}
          </ul>
          {gaps > gapsIn.length && <p className="meta">{t('settings:gapsMore', { count: gaps - gapsIn.length })}</p>}
        </>
      )}
    </section>
  )
}

/** The market may not show the chat itself: then there is nothing to open. */
function GapLine({ cabinetId, gap }: { cabinetId: string; gap: Sync['gapsIn'][number] }) {
  const { t } = useTranslation('settings')
  const { isKnown, customerName, since, told } = gap
  const chatId = `${gap.chatId}`
  const byId = t('gapChat', { chatId })
  return (
    <>
      {isKnown ? (
        <Link to="/inbox/$cabinetId/$chatId" params={{ cabinetId, chatId }} search={{ view: 'all' }}>
          {customerName ?? byId}
        </Link>
      ) : (
        <span>{byId}</span>
      )}{' '}
      <span className="meta">
        {told > 0 ? t('gapTold', { count: told }) : t('gapListed')} · <RelativeTime at={since} />
      </span>
    </>
  )
}

export function ProofCard({ cabinetId, sync: { proof, isProofWanted } }: { cabinetId: string; sync: Sync }) {
  const { t } = useTranslation(['settings', 'ui'])
  const client = useQueryClient()
  const params = { cabinetId }
  const start = useAct(
    () => callDesk('POST /cabinets/{cabinetId}/proof', { params }),
    () => void client.invalidateQueries({ queryKey: keyOf('GET /cabinets/{cabinetId}/sync', { params }) }),
  )
  return (
    <section className="card" aria-label={t('settings:proof')}>
      <h2>{t('settings:proof')}</h2>
      <p className="muted">{t('settings:proofHint')}</p>
      {proof && <ProofFacts proof={proof} />}
      <div className="card-acts">
        <Button variant="default" loading={start.isPending || isProofWanted} onClick={() => void start.run(undefined)}>
          {t('settings:prove')}
        </Button>
        <span className="meta">{proof ? <RelativeTime at={proof.at} /> : t('ui:never')}</span>
      </div>
    </section>
  )
}

function ProofFacts({ proof }: { proof: NonNullable<Sync['proof']> }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { chats, messages, missing, different, details } = proof
  const counts = { chats: format.number(chats), messages: format.number(messages) }
  const isWhole = missing + different === 0
  return (
    <>
      <p>
        {isWhole
          ? t('proofWhole', counts)
          : t('proofBroken', { ...counts, missing: format.number(missing), different: format.number(different) })}
      </p>
      {details.length > 0 && (
        <ul>
          {details.map(detail => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
    </>
  )
}

export function NotificationsCard({ sync: { notificationUrl, notifiedAt } }: { sync: Sync }) {
  const { t } = useTranslation('settings')
  return (
    <section className="card" aria-label={t('notifications')}>
      <h2>{t('notifications')}</h2>
      <p className="muted">{t('notificationsHint')}</p>
      <CodeValue text={notificationUrl} isWhole />
      <p className="meta">
        {notifiedAt === undefined ? t('notNotified') : t('notified')} {notifiedAt && <RelativeTime at={notifiedAt} />}
      </p>
    </section>
  )
}

export function LimitsCard({ sync: { limits } }: { sync: Sync }) {
  const { t } = useTranslation('settings')
  return (
    <section className="card" aria-label={t('limits')}>
      <h2>{t('limits')}</h2>
      <CallsOfHour limits={limits} />
    </section>
  )
}
