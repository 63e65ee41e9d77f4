import { useLocalStorage } from '@mantine/hooks'

/** How high a row of the list is, in pixels. */
export const rowHeights = { compact: 40, normal: 56, roomy: 72 } as const
export type Density = keyof typeof rowHeights
export const densities: readonly Density[] = ['compact', 'normal', 'roomy']

/** What this browser has chosen for the list; anything else that is kept there counts as nothing. */
export function useDensity() {
  const [kept, choose] = useLocalStorage<string>({
    key: 'prilavok.desk.density',
    defaultValue: 'normal',
    getInitialValueInEffect: false,
  })
  const density = densities.find(one => one === kept) ?? 'normal'
  return { density, choose: (chosen: string) => choose(chosen) }
}

export const listWidths = { min: 300, max: 480 } as const

/** The width of the list in pixels; undefined until one was chosen. */
export function useListWidth() {
  const [kept, setKept] = useLocalStorage<unknown>({
    key: 'prilavok.desk.listWidth',
    defaultValue: null,
    getInitialValueInEffect: false,
  })
  return {
    width: typeof kept === 'number' ? clampWidth(kept) : undefined,
    choose: (width: number) => setKept(clampWidth(width)),
    forget: () => setKept(null),
  }
}

function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, listWidths.min), listWidths.max))
}
