import { type KeyboardEvent, useState } from 'react'
import { wholeStrokeOf } from '../../../../ui/keys/strokes.ts'

type Recording = { isOn: false } | { isOn: true; first?: string }

/** Waits for keys to be pressed: one stroke, or two where the first is one that others begin with. Esc and Tab leave it as it was. */
export function useRecording(firstStrokes: ReadonlySet<string>, onDone: (keys: string) => void) {
  const [recording, setRecording] = useState<Recording>({ isOn: false })
  const end = () => setRecording({ isOn: false })
  const onKeyDown = (event: KeyboardEvent) => {
    if (!recording.isOn) return
    if (event.key === 'Tab') return end()
    // Neither the page's keys nor the button itself get it.
    event.preventDefault()
    if (event.key === 'Escape') return end()
    const stroke = wholeStrokeOf(event.nativeEvent)
    if (!stroke || event.repeat || event.altKey) return
    if (recording.first === undefined && firstStrokes.has(stroke)) return setRecording({ isOn: true, first: stroke })
    end()
    onDone(recording.first === undefined ? stroke : `${recording.first} ${stroke}`)
  }
  return {
    isOn: recording.isOn,
    first: recording.isOn ? recording.first : undefined,
    begin: () => setRecording({ isOn: true }),
    listeners: { onKeyDown, onBlur: end },
  }
}
