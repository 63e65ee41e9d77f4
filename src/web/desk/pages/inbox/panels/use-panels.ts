import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { ChatPlace } from '../../../data/chats.ts'

const read = { getInitialValueInEffect: false }

/** Which panels are on the screen: beside the chat where there is room, over it where there is not. */
export function usePanels(place: ChatPlace | undefined) {
  const isWide = useMediaQuery('(min-width: 1600px)', undefined, read)
  const isRoomy = useMediaQuery('(min-width: 1280px)', undefined, read)
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, read)
  const views = useShown('views', isWide, !isWide)
  const context = useShown('context', isRoomy, !isRoomy)
  const [isFocused, setFocused] = useState(false)
  const phoneContext = usePhoneContext()
  return {
    isPhone,
    areViewsShown: views.isShown && !isFocused,
    areViewsFloating: !isWide,
    toggleViews: views.toggle,
    isContextShown: place !== undefined && (isPhone ? phoneContext.isShown : context.isShown && !isFocused),
    isContextFloating: !isRoomy && !isPhone,
    toggleContext: isPhone ? phoneContext.toggle : context.toggle,
    isFocused,
    toggleFocus: useCallback(() => setFocused(before => !before), []),
  }
}

export type Panels = ReturnType<typeof usePanels>

/** Beside the others it is remembered; floating over them it is opened for once. */
function useShown(name: string, hasRoom: boolean, isFloating: boolean) {
  const [wanted, setWanted] = useLocalStorage({
    key: `prilavok.desk.${name}`,
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  const [isFlying, setFlying] = useState(false)
  const toggle = useCallback(() => {
    if (isFloating) setFlying(before => !before)
    else setWanted(before => !before)
  }, [isFloating, setWanted])
  return { isShown: isFloating ? isFlying : hasRoom && wanted, toggle }
}

function usePhoneContext() {
  const { panel } = useSearch({ from: '/frame/inbox' })
  const navigate = useNavigate()
  const isShown = panel === 'context'
  const toggle = useCallback(
    () =>
      void navigate({
        to: '.',
        search: before => ({ ...before, panel: isShown ? undefined : ('context' as const) }),
      }),
    [navigate, isShown],
  )
  return { isShown, toggle }
}
