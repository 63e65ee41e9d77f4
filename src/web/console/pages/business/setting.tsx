import { Radio } from '@mantine/core'
import { useState } from 'react'

type Mode<Value> = { value: Value; label: string; note: string }
type Props<Value extends string> = {
  title: string
  note: string
  value: Value
  modes: readonly Mode<Value>[]
  /** Settles when the choice is made or refused. */
  onChoose: (value: Value) => Promise<unknown>
}

/** One of a few ways, each with what it means. */
export function Setting<Value extends string>({ title, note, value, modes, onChoose }: Props<Value>) {
  const [chosen, choose] = useState<Value>()
  const pick = async (picked: string) => {
    const mode = modes.find(each => each.value === picked)
    if (!mode) return
    choose(mode.value)
    await onChoose(mode.value)
    choose(undefined)
  }
  return (
    <Radio.Group
      className="business-setting"
      label={title}
      description={note}
      value={chosen ?? value}
      readOnly={chosen !== undefined}
      onChange={picked => void pick(picked)}
    >
      {modes.map(mode => (
        <Radio key={mode.value} value={mode.value} label={mode.label} description={mode.note} />
      ))}
    </Radio.Group>
  )
}
