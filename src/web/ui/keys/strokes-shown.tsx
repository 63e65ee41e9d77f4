import { Kbd } from '@mantine/core'
import { shown } from './shown.ts'

/** Keys as they look on a keyboard, one for each stroke. */
export function StrokesShown({ keys }: { keys: string }) {
  return keys.split(' ').map(stroke => (
    <Kbd key={stroke} size="xs">
      {shown(stroke)}
    </Kbd>
  ))
}
