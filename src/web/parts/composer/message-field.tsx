import { Textarea, type TextareaProps } from '@mantine/core'
import type { KeyboardEvent, Ref } from 'react'

type Props = Omit<TextareaProps, 'onChange' | 'onKeyDown' | 'value' | 'ref'> & {
  label: string
  value: string
  onType: (text: string) => void
  /** `enter`: Shift+Enter begins a new line. `ctrl+enter`: Enter does. */
  sendsOn: 'enter' | 'ctrl+enter'
  onSend: () => void
  ref?: Ref<HTMLTextAreaElement>
}

/** The field for a message: it grows with its text, a key sends it, Escape leaves it. */
export function MessageField({ label, value, onType, sendsOn, onSend, ...field }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur()
    if (!isSendKey(event, sendsOn)) return
    event.preventDefault()
    onSend()
  }
  return (
    <Textarea
      aria-label={label}
      placeholder={label}
      autosize
      value={value}
      onChange={event => onType(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      {...field}
    />
  )
}

function isSendKey({ key, ctrlKey, metaKey, shiftKey, nativeEvent }: KeyboardEvent, sendsOn: Props['sendsOn']) {
  if (key !== 'Enter') return false
  return sendsOn === 'enter' ? !shiftKey && !nativeEvent.isComposing : ctrlKey || metaKey
}
