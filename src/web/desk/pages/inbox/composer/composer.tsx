import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message, OpenChat } from '#desk-protocol'
import { NotSent } from '../../../../parts/composer/not-sent.tsx'
import { refreshChat } from '../../../data/chat.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import { usePreferences } from '../../../data/preferences.ts'
import { CannedList } from './canned/canned-list.tsx'
import { Unfilled } from './canned/unfilled.tsx'
import { useCanned } from './canned/use-canned.ts'
import { useSlots } from './canned/use-slots.ts'
import { FileChips } from './file-chips.tsx'
import { Meanwhile } from './meanwhile.tsx'
import { SendBar } from './send-bar.tsx'
import { SplitOffer } from './split-offer.tsx'
import { useAnswering } from './use-answering.ts'
import { useFiles } from './use-files.ts'
import { useTakeQuote } from './use-take-quote.ts'
import { WriteField } from './write-field.tsx'
import '../../../../parts/composer/composer.css'
import './composer.css'

type Props = {
  place: ChatPlace
  chat: OpenChat
  messages: readonly Message[]
  focusCount: number
  /** A text to be quoted where the cursor stands, until the field has it. */
  quoted: string | undefined
  onQuoted: () => void
}

/** The place to answer, or why one cannot. */
export function Composer(props: Props) {
  const { t } = useTranslation('writing')
  const { canAnswer, whyNot = 'scope' } = props.chat
  if (!canAnswer)
    return (
      <p className="composer-closed" role="note">
        {t(`no_${whyNot}`)}
      </p>
    )
  return <OpenComposer {...props} />
}

function OpenComposer({ place, chat, messages, focusCount, quoted, onQuoted }: Props) {
  const { t } = useTranslation('writing')
  const client = useQueryClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const { sendBy } = usePreferences()
  const files = useFiles()
  const answering = useAnswering({ place, chat, messages, files })
  const canned = useCanned({
    place,
    chat,
    field,
    text: answering.text,
    write: answering.write,
    addFiles: files.addKept,
  })
  const slots = useSlots(answering.text, field)
  useEffect(() => {
    if (focusCount > 0) field.current?.focus()
  }, [focusCount])
  useTakeQuote({ field, quoted, onQuoted, answering })
  const { failed, meanwhile, text } = answering
  return (
    <form
      className="composer"
      data-dropping={files.isDropping || undefined}
      onSubmit={event => {
        event.preventDefault()
        void answering.send({ isNext: false })
      }}
      {...files.dropProps}
    >
      {failed && (
        <NotSent
          texts={{ title: t('notSent', { says: failed.says }), again: t('again') }}
          error={failed.error}
          onAgain={() => void answering.send(failed.how)}
        />
      )}
      {meanwhile.newMessages + meanwhile.newAnswers > 0 && (
        <Meanwhile
          {...meanwhile}
          onShow={() => {
            answering.acknowledge()
            refreshChat(client, place)
            field.current?.focus()
          }}
          onAnyway={() => void answering.send({ isNext: false, anyway: true })}
        />
      )}
      {chat.view === 'finished' && (
        <p className="composer-finished" role="note">
          {t('finished')}
        </p>
      )}
      <SplitOffer
        text={text}
        onSplit={() => (slots.slots[0] ? slots.goTo(slots.slots[0]) : void answering.sendSplit())}
      />
      <Unfilled slots={slots} onAsIs={() => void answering.send({ isNext: false, isAsIs: true })} />
      {canned.isOpen && <CannedList canned={canned} />}
      <WriteField ref={field} {...{ answering, canned, slots, sendBy }} onFiles={files.add} />
      <FileChips files={files} />
      <SendBar {...{ answering, files, canned, sendBy }} />
    </form>
  )
}
