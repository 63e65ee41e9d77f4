import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '../keys/keys.ts'

type Props = {
  className: string
  label: string
  /** What the key `/` does, for the sheet of keys. */
  keyText: string
  /** What is searched for now. */
  value: string
  maxLength: number
  onSearch: (text: string) => void
  /** The field is what the page is for. */
  isFocused?: boolean
}

const typingMs = 300

/** Searches when the typing rests. */
export function SearchField({ className, label, keyText, value, maxLength, onSearch, isFocused }: Props) {
  const [text, setText] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback((typed: string) => onSearch(typed.trim()), typingMs)
  // The value may be changed from outside: filters are cleared, another address is opened.
  useEffect(() => setText(typed => (typed.trim() === value ? typed : value)), [value])
  useKeys(useMemo(() => [{ keys: '/', does: keyText, run: () => field.current?.focus() }], [keyText]))
  return (
    <TextInput
      ref={field}
      type="search"
      autoFocus={isFocused}
      className={className}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} />}
      value={text}
      maxLength={maxLength}
      onChange={event => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
    />
  )
}
