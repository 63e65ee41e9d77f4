import { Button } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cabinet } from '#desk-protocol'
import { useFormat } from '../../ui/format.ts'
import { ChatsRead } from '../cabinet/chats-read.tsx'
import { useCabinets } from '../data/cabinets.ts'
import { usePutPreferences } from '../data/preferences.ts'
import { useDesk } from '../data/reads.ts'
import { useIsOwner } from '../data/session.ts'
import { type Step, stepsOf } from './steps.ts'
import '../texts/add-later.ts'
import './start.css'

/** Four steps to a desk that is set up, for owners, until they are put away. */
export function Checklist({ isFinishedHidden = false }: { isFinishedHidden?: boolean }) {
  const { t } = useTranslation('start')
  const { steps, putAway } = useSteps()
  if (!steps || (isFinishedHidden && steps.every(({ isDone }) => isDone))) return null
  const done = steps.filter(({ isDone }) => isDone).length
  return (
    <section className="checklist" aria-label={t('steps')}>
      <h2>
        {t('steps')}
        <span className="meta num">{t('stepsDone', { done, all: steps.length })}</span>
        <Button variant="subtle" size="compact-xs" onClick={putAway}>
          {t('putAway')}
        </Button>
      </h2>
      <ol>
        {steps.map(step => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
    </section>
  )
}

function useSteps() {
  const isOwner = useIsOwner()
  const { change } = usePutPreferences()
  const preferences = useDesk('GET /preferences', { topics: [] }).data
  const cabinets = useCabinets().data?.cabinets
  const isWanted = isOwner && preferences !== undefined && !preferences.isChecklistHidden
  const accounts = useDesk('GET /accounts', { topics: [], isEnabled: isWanted }).data?.accounts
  const isKnown = isWanted && cabinets && accounts
  return {
    steps: isKnown ? stepsOf({ cabinets, accounts, preferences }) : undefined,
    putAway: () => change({ isChecklistHidden: true }),
  }
}

function StepLine({ step: { name, isDone, cabinet } }: { step: Step }) {
  const { t } = useTranslation('start')
  const Icon = isDone ? IconCircleCheckFilled : IconCircle
  return (
    <li data-done={isDone || undefined}>
      <Icon size={18} stroke={1.5} aria-hidden />
      <div>
        <StepLink name={name} cabinet={cabinet}>
          {t(`step_${name}`)}
        </StepLink>
        <span className="unseen">{t(isDone ? 'stepDone' : 'stepOpen')}</span>
        {!isDone && (
          <span className="meta">
            {name === 'mirror' && cabinet ? <MirrorHint cabinet={cabinet} /> : t(`stepHint_${name}`)}
          </span>
        )}
      </div>
    </li>
  )
}

type LinkProps = { name: Step['name']; cabinet: Cabinet | undefined; children: ReactNode }

function StepLink({ name, cabinet, children }: LinkProps) {
  if (name === 'invite') return <Link to="/settings/people">{children}</Link>
  if (name === 'hours') return <Link to="/settings/account">{children}</Link>
  if (name === 'connect' || !cabinet) return <Link to="/connect">{children}</Link>
  return (
    <Link to="/connect/$cabinetId" params={{ cabinetId: String(cabinet.cabinetId) }}>
      {children}
    </Link>
  )
}

/** What the first mirror costs, and how far it is. */
function MirrorHint({ cabinet: { freshness } }: { cabinet: Cabinet }) {
  const { t } = useTranslation('start')
  const format = useFormat()
  const { firstMirror, chatsDone, chatsKnown } = freshness
  if (!firstMirror) return t('stepHint_mirror')
  const counts = { done: format.number(chatsDone), known: format.number(chatsKnown) }
  const says = t('mirrorOf', counts)
  return (
    <>
      {`${says} · ${t('mirrorCosts', { calls: format.number(firstMirror.calls), count: firstMirror.minutes })}`}
      <ChatsRead label={says} done={chatsDone} known={chatsKnown} />
    </>
  )
}
