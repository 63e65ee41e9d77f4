import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '#desk-protocol'
import { useCounts } from '../../data/chats.ts'
import { usePreferences } from '../../data/preferences.ts'
import { badgeIcon } from './favicon.ts'
import { isQuiet, timeOfDay } from './quiet-hours.ts'
import { playSound } from './sounds.ts'

const throttleMs = 10_000
const repeatMs = 60_000

type Counts = { waiting: number; disputes: number }

/** The tab's icon, sounds and notifications tell that a chat or a dispute has begun to wait. */
export function useNewsOfChats(): void {
  const counts = useCounts({})
  const preferences = usePreferences()
  const tell = useTell(preferences)
  const before = useRef<Counts>(undefined)
  const waiting = counts?.waiting ?? 0
  useEffect(() => badgeIcon(waiting > 0), [waiting])
  useEffect(() => {
    if (!counts) return
    const known = before.current
    before.current = counts
    if (!known) return
    if (counts.disputes > known.disputes) tell('dispute', counts)
    else if (counts.waiting > known.waiting) tell('chat', counts)
  }, [counts, tell])
  useRepeat(preferences, counts, tell)
}

type Tell = (kind: 'chat' | 'dispute', counts: Counts) => void

function useTell({ sounds, notify, quietFrom, quietTo }: Preferences): Tell {
  const { t } = useTranslation('desk')
  const lastAt = useRef(0)
  const latest = useRef<Tell>(() => {})
  useEffect(() => {
    latest.current = (kind, { waiting, disputes }) => {
      const now = new Date()
      if (now.getTime() - lastAt.current < throttleMs || isQuiet(timeOfDay(now), quietFrom, quietTo)) return
      lastAt.current = now.getTime()
      if (sounds) playSound(kind)
      if (!notify || !document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return
      const title = t(kind === 'dispute' ? 'newDispute' : 'newChat')
      new Notification(title, { body: t('newBody', { count: waiting + disputes }), tag: 'prilavok' })
    }
  })
  return useRef<Tell>((kind, counts) => latest.current(kind, counts)).current
}

/** Says it again until somebody looks. */
function useRepeat({ repeatUntilSeen }: Preferences, counts: Counts | undefined, tell: Tell): void {
  useEffect(() => {
    if (!repeatUntilSeen || !counts || counts.waiting === 0) return
    const timer = setInterval(() => document.hidden && tell('chat', counts), repeatMs)
    return () => clearInterval(timer)
  }, [repeatUntilSeen, counts, tell])
}
