import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type KeyAct, useKeys } from '../../../ui/keys/keys.ts'
import { type ChatPlace, useOpenNext } from '../../data/chats.ts'
import { useMarkDone } from './chat/use-mark-done.ts'
import type { Panels } from './panels/use-panels.ts'
import { takeBackLast } from './take-back/last-answer.ts'
import { useTakeBack } from './take-back/use-take-back.ts'

/** The keys of the inbox, and those of the open chat after them, so that a palette has these first. */
export function useInboxKeys(place: ChatPlace | undefined, panels: Panels, focusComposer: () => void): void {
  const acts = useActs(place, panels, focusComposer)
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  const { t } = useTranslation('inbox')
  const isOpen = place !== undefined
  const stable = useMemo<KeyAct[]>(() => {
    const always = { u: t('nextWaitingKey'), '[': t('viewsKey'), 'mod+z': t('undoKey') }
    const ofChat = {
      r: t('replyKey'),
      e: t('doneKey'),
      'shift+u': t('undoneKey'),
      o: t('orderKey'),
      f: t('filesKey'),
      ']': t('contextKey'),
      z: t('focusKey'),
      esc: t('backKey'),
    }
    const actsOf = (keys: Record<string, string>, isOfOpen: boolean) =>
      Object.entries(keys).map(([stroke, does]) => ({
        ...{ keys: stroke, does, isOfOpen },
        run: () => latest.current[stroke]?.(),
      }))
    return [...actsOf(always, false), ...(isOpen ? actsOf(ofChat, true) : [])]
  }, [t, isOpen])
  useKeys(stable)
}

function useActs(place: ChatPlace | undefined, panels: Panels, focusComposer: () => void): Record<string, () => void> {
  const search = useSearch({ from: '/frame/inbox' })
  const navigate = useNavigate()
  const openNext = useOpenNext(search)
  const { done, undone } = useMarkDone(place)
  const takeBack = useTakeBack()
  const showPart = (id: string) => {
    if (!panels.isContextShown) panels.toggleContext()
    requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: 'start' }))
  }
  return {
    u: () => void openNext(place),
    '[': panels.toggleViews,
    ']': panels.toggleContext,
    z: panels.toggleFocus,
    esc: () => {
      if (panels.isContextFloating && panels.isContextShown) panels.toggleContext()
      else if (panels.areViewsFloating && panels.areViewsShown) panels.toggleViews()
      else if (panels.isFocused) panels.toggleFocus()
      else void navigate({ to: '/inbox', search: before => ({ ...before, panel: undefined }) })
    },
    r: focusComposer,
    e: () => void done.run(undefined),
    'shift+u': () => void undone.run(undefined),
    o: () => showPart('context-order'),
    f: () => showPart('context-files'),
    'mod+z': () => takeBackLast(takeBack),
  }
}
