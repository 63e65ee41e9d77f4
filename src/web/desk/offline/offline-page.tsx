import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { useFormat } from '../../ui/format.ts'
import { lastHeard } from '../browser/heard.ts'
import { callDesk } from '../data/desk-api.ts'
import '../texts/add-later.ts'
import './offline.css'

const everyMs = 3_000
const dayMs = 24 * 60 * 60 * 1000

/** What is known while the desk does not answer. It is asked again by itself; when it answers, its page is loaded anew. */
export function OfflinePage() {
  const { t } = useTranslation('offline')
  const { isAsking, ask } = useReturn()
  const title = useTitle()
  return (
    <main className="offline">
      <EmptyState icon={IconPlugConnectedX} title={title} hint={t(navigator.onLine ? 'noDesk' : 'noNetwork')}>
        <ul className="offline-known">
          <li>{t('drafts')}</li>
          <li>{t('answers')}</li>
          <li>{t('nothingQueued')}</li>
          <li>{t('comesBack')}</li>
        </ul>
        <Button variant="default" loading={isAsking} onClick={ask}>
          {t('askNow')}
        </Button>
      </EmptyState>
    </main>
  )
}

/** Since when, with the day if it is not today. */
function useTitle(): string {
  const { t } = useTranslation('offline')
  const format = useFormat()
  const [since] = useState(lastHeard)
  const isToday = since !== undefined && Date.now() - since.getTime() < dayMs
  const time = since && (isToday ? format.minute(since) : format.dateTime(since))
  const title = time === undefined ? t('title') : t('titleSince', { time })
  useEffect(() => {
    document.title = `${title} · Prilavok`
  }, [title])
  return title
}

function useReturn() {
  const [isAsking, setAsking] = useState(false)
  const ask = useCallback(async () => {
    setAsking(true)
    const isThere = await callDesk('GET /session').then(
      () => true,
      () => false, // still away, and asked again
    )
    // The desk may be of another version by now.
    if (isThere) window.location.reload()
    else setAsking(false)
  }, [])
  useEffect(() => {
    const timer = setInterval(() => void ask(), everyMs)
    const onOnline = () => void ask()
    window.addEventListener('online', onOnline)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', onOnline)
    }
  }, [ask])
  return { isAsking, ask: () => void ask() }
}
