import { Select, type SelectProps } from '@mantine/core'

type Props<Value extends string> = Omit<SelectProps<Value>, 'data' | 'value' | 'onChange'> & {
  texts: { label: string; any: string }
  data: readonly { value: Value; label: string }[]
  value: Value | undefined
  onChoose: (value: Value | undefined) => void
}

/** One of several, or any: a filter. */
export function Choice<Value extends string>({ texts, data, value, onChoose, ...select }: Props<Value>) {
  return (
    <Select<Value>
      aria-label={texts.label}
      placeholder={texts.any}
      clearable
      data={[...data]}
      value={value ?? null}
      onChange={chosen => onChoose(chosen ?? undefined)}
      {...select}
    />
  )
}
