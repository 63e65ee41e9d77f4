import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Ten steps of one hue, from a tint to a deep tone; the seventh is the fill of buttons. */
function steps(hue: number, chroma: number): MantineColorsTuple {
  const step = (light: number, part: number) => `oklch(${light}% ${(chroma * part).toFixed(3)} ${hue})`
  return [
    step(97, 0.12),
    step(94, 0.2),
    step(89, 0.35),
    step(81, 0.6),
    step(72, 0.8),
    step(63, 0.95),
    step(55, 1),
    step(50, 1),
    step(44, 0.95),
    step(38, 0.85),
  ]
}

const neutral = (light: number) => `oklch(${light}% 0.009 255)`
const darkSteps: MantineColorsTuple = [
  neutral(94),
  neutral(84),
  neutral(70),
  neutral(50),
  neutral(38),
  neutral(29),
  neutral(23.5),
  neutral(20.5),
  neutral(17),
  neutral(14),
]

export const theme = createTheme({
  fontFamily: "'Golos Text Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: { fontFamily: "'Golos Text Variable', system-ui, sans-serif", fontWeight: '600' },
  primaryColor: 'ours',
  primaryShade: { light: 6, dark: 6 },
  colors: {
    ours: steps(255, 0.16),
    overdue: steps(27, 0.2),
    done: steps(155, 0.14),
    dispute: steps(300, 0.17),
    dark: darkSteps,
  },
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13.5px', md: '14px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '22px', xl: '26px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'none' } } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tabs: { defaultProps: { variant: 'default' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 10,
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 140 },
      },
    },
    Menu: { defaultProps: { shadow: 'none', transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 } } },
  },
})

/** Mantine's own variables, set to our tokens. */
export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--muted)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--overdue-text)',
    '--mantine-color-disabled': 'var(--hover)',
    '--mantine-color-disabled-color': 'var(--muted)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-color-anchor': 'var(--ours-text)',
    '--mantine-color-gray-light-color': 'var(--muted)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
    '--mantine-color-ours-light': 'var(--ours-tint)',
    '--mantine-color-ours-light-color': 'var(--ours-text)',
    '--mantine-color-overdue-light': 'var(--overdue-tint)',
    '--mantine-color-overdue-light-color': 'var(--overdue-text)',
    '--mantine-color-overdue-outline': 'var(--overdue-text)',
  }
  return { variables: { '--input-asterisk-color': 'var(--overdue-text)' }, light: both, dark: both }
}
