import { Fragment } from 'react'
import { useFormat } from '../../ui/format.ts'
import { Bubble } from './bubble.tsx'
import { byDay, goesOn, type ThreadMessage } from './thread-message.ts'
import './thread.css'

export type Manner = {
  /** Bubbles of one sender in a row name the sender once. */
  isGrouped?: boolean
  /** A line above a message: what is new since the reader opened the chat. */
  newFrom?: { key: string; text: string } | undefined
}

/** What was written, by days, oldest first. */
export function Thread({ messages, isGrouped = false, newFrom }: Manner & { messages: readonly ThreadMessage[] }) {
  const format = useFormat()
  return (
    <div className="thread">
      {byDay(messages).map(({ day, messages: ofDay }) => (
        <section key={day} className="thread-day" aria-label={format.date(new Date(day))}>
          <p className="thread-date">
            <span>{format.date(new Date(day))}</span>
          </p>
          {ofDay.map((message, index) => (
            <Fragment key={message.key}>
              {newFrom?.key === message.key && <p className="thread-new">{newFrom.text}</p>}
              <Bubble message={message} isFootless={isGrouped && goesOn(message, ofDay[index + 1])} />
            </Fragment>
          ))}
        </section>
      ))}
    </div>
  )
}
