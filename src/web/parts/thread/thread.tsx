import { useTranslation } from 'react-i18next'
import { type Inside, inside, type Sender } from '#contract'
import { useFormat } from '../../ui/format.ts'
import { Bubble } from './bubble.tsx'
import { byDay, type Message } from './message.ts'
import './thread.css'

type Props = { messages: readonly Message[] /** Whose messages stand on the right. */; mine: Inside<Sender> }

/** What was written, by days, oldest first. */
export function Thread({ messages, mine }: Props) {
  const { t } = useTranslation('words')
  const format = useFormat()
  return (
    <div className="thread">
      {byDay(messages).map(({ day, messages: ofDay }) => (
        <section key={day} className="thread-day" aria-label={format.date(new Date(day))}>
          <p className="thread-date">
            <span>{format.date(new Date(day))}</span>
          </p>
          {ofDay.map(message => {
            const sender = inside(message.sender)
            return (
              <Bubble
                key={String(message.messageId)}
                message={message}
                side={sender === mine ? 'mine' : sideOf[sender]}
                name={t(`sender_${sender}`)}
              />
            )
          })}
        </section>
      ))}
    </div>
  )
}

const sideOf: Record<Inside<Sender>, 'theirs' | 'market' | 'support'> = {
  partner: 'theirs',
  customer: 'theirs',
  market: 'market',
  support: 'support',
}
