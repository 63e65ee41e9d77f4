import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** The colours of a theme by their tokens; dark is light, but for what it sets anew. */
function readTokens(): Record<'light' | 'dark', Record<string, string>> {
  const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
  const [, light = ''] = /^:root \{([^}]*)\}/m.exec(css) ?? []
  const [, dark = ''] = /^\[data-mantine-color-scheme="dark"\] \{([^}]*)\}/m.exec(css) ?? []
  const of = (block: string) =>
    Object.fromEntries(
      Array.from(block.matchAll(/--([\w-]+): (#fff|oklch\([\d. ]+\));/g), ([, name = '', value = '']) => [name, value]),
    )
  return { light: of(light), dark: { ...of(light), ...of(dark) } }
}

const tokens = { ...readTokens() }

/** Relative luminance, as WCAG 2 has it. Outside of sRGB it is what a screen shows of it. */
function luminance(colour: string): number {
  if (colour === '#fff') return 1
  const [lightness = 0, chroma = 0, hue = 0] = colour.slice('oklch('.length, -1).split(' ').map(Number)
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  const [r = 0, g = 0, bl = 0] = [red, green, blue].map(value => Math.min(Math.max(value, 0), 1))
  return 0.2126 * r + 0.7152 * g + 0.0722 * bl
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

type Pair = { upper: string; under: string; least: number }

const surfaces = ['bg', 'surface', 'raised', 'hover']
const states = ['ours', 'near', 'overdue', 'dispute', 'done']
const tints = states.map(state => `${state}-tint`)
const each = (uppers: readonly string[], unders: readonly string[], least: number): Pair[] =>
  uppers.flatMap(upper => unders.map(under => ({ upper, under, least })))

/** What stands on what: texts, and what means something without being a text (dots, bars, lines of charts, the ring of what has the focus). */
const pairs: readonly Pair[] = [
  ...each(['ink', 'muted', ...states.map(state => `${state}-text`)], surfaces, 4.5),
  ...each(['ink', 'muted'], tints, 4.5),
  ...states.flatMap(state => each([`${state}-text`], [`${state}-tint`], 4.5)),
  // Tooltips are ink with the ground's colour; badges and buttons are fills with white.
  ...each(['bg'], ['ink'], 4.5),
  ...each(['white'], ['ours', 'dispute'], 4.5),
  ...each([...states, 'quiet'], ['bg', 'surface', 'raised'], 3),
]

/** Pairs that are too near to each other, with how near they are. */
function tooNear(theme: Record<string, string>): string[] {
  const colours: Record<string, string> = { ...theme, white: '#fff' }
  return pairs.flatMap(({ upper, under, least }) => {
    const ratio = contrast(colours[upper] ?? 'oklch(NaN)', colours[under] ?? 'oklch(NaN)')
    return ratio >= least ? [] : [`${upper} on ${under}: ${ratio.toFixed(2)} of ${least}`]
  })
}

test.each(['light', 'dark'] as const)('in the %s theme every text can be read and every mark be seen', theme => {
  expect(tooNear(tokens[theme])).toEqual([])
})

test('contrast is computed as WCAG 2 has it', () => {
  expect(contrast('#fff', 'oklch(0 0 0)')).toBeCloseTo(21, 5)
  // #777 and pure red and blue, which have 4.48, 4.00 and 8.59 on white.
  expect(contrast('#fff', 'oklch(0.5693 0 0)')).toBeCloseTo(4.48, 1)
  expect(contrast('#fff', 'oklch(0.62796 0.25768 29.234)')).toBeCloseTo(4, 1)
  expect(contrast('#fff', 'oklch(0.45201 0.31321 264.052)')).toBeCloseTo(8.59, 1)
})

test('a token that was changed badly, and one that is missing, are found', () => {
  const { muted: _, ...without } = tokens.light

  expect(tooNear({ ...tokens.light, muted: 'oklch(0.6 0.012 255)' })).toContainEqual(
    expect.stringMatching(/^muted on bg: 3/),
  )
  expect(tooNear(without)).toContainEqual('muted on bg: NaN of 4.5')
})
