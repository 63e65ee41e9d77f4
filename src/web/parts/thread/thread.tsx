import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment, type ReactNode, useState } from 'react'
import { useFormat } from '../../ui/format.ts'
import { Bubble } from './bubble.tsx'
import { byDay, goesOn, rangesOf, type ThreadMessage } from './thread-message.ts'
import './thread.css'

export type Manner = {
  /** A line above a message: what is new since the reader opened the chat. */
  newFrom?: { key: string; text: string } | undefined
  /** What stands for messages that a program wrote in a row, until they are opened; without it they all are there. */
  foldText?: ((messages: readonly ThreadMessage[]) => string) | undefined
}

type Props = Manner & { messages: readonly ThreadMessage[] }

/** What was written, by days, oldest first. Bubbles of one sender in a row name the sender once. */
export function Thread({ messages, ...manner }: Props) {
  const format = useFormat()
  return (
    <div className="thread">
      {byDay(messages).map(({ day, messages: ofDay }) => (
        <section key={day} className="thread-day" aria-label={format.date(new Date(day))}>
          <p className="thread-date">
            <span>{format.date(new Date(day))}</span>
          </p>
          <OfDay messages={ofDay} {...manner} />
        </section>
      ))}
    </div>
  )
}

function OfDay({ messages, newFrom, foldText }: Props) {
  const drawn = messages.map((message, index) => (
    <Fragment key={message.key}>
      {newFrom?.key === message.key && <p className="thread-new">{newFrom.text}</p>}
      <Bubble message={message} isFootless={goesOn(message, messages[index + 1])} />
    </Fragment>
  ))
  if (foldText === undefined) return drawn
  return rangesOf(messages).map(({ from, to }) => {
    const folded = messages.slice(from, to)
    if (folded.length < 2) return drawn[from]
    return (
      <Fold
        key={`fold ${folded[0]?.key}`}
        says={foldText(folded)}
        isOpenFirst={folded.some(({ key }) => key === newFrom?.key)}
      >
        {drawn.slice(from, to)}
      </Fold>
    )
  })
}

type FoldProps = { says: string; isOpenFirst: boolean; children: ReactNode }

function Fold({ says, isOpenFirst, children }: FoldProps) {
  const [isOpen, setOpen] = useState(isOpenFirst)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <>
      <button type="button" className="thread-fold" aria-expanded={isOpen} onClick={() => setOpen(before => !before)}>
        <Chevron size={14} stroke={1.5} aria-hidden />
        {says}
      </button>
      {isOpen && children}
    </>
  )
}
