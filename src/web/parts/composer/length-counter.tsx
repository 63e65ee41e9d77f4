import { useFormat } from '../../ui/format.ts'
import './composer.css'

const countedFrom = 3500

/** How many of the allowed characters are typed; shown near the limit. */
export function LengthCounter({ length, maxLength }: { length: number; maxLength: number }) {
  const format = useFormat()
  return (
    <span className="length-counter meta num">
      {length >= countedFrom && `${format.number(length)} / ${format.number(maxLength)}`}
    </span>
  )
}
