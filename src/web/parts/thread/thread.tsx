import { useFormat } from '../../ui/format.ts'
import { Bubble } from './bubble.tsx'
import { byDay, type ThreadMessage } from './thread-message.ts'
import './thread.css'

/** What was written, by days, oldest first. */
export function Thread({ messages }: { messages: readonly ThreadMessage[] }) {
  const format = useFormat()
  return (
    <div className="thread">
      {byDay(messages).map(({ day, messages: ofDay }) => (
        <section key={day} className="thread-day" aria-label={format.date(new Date(day))}>
          <p className="thread-date">
            <span>{format.date(new Date(day))}</span>
          </p>
          {ofDay.map(message => (
            <Bubble key={message.key} message={message} />
          ))}
        </section>
      ))}
    </div>
  )
}
