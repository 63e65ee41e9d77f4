import { useTranslation } from 'react-i18next'
import { ScrollingThread } from '../../../parts/thread/scrolling-thread.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { useThreadMessages } from '../../words/thread-messages.ts'
import { useMessages } from './chat.ts'

export function Messages({ chatId }: { chatId: string }) {
  const { t } = useTranslation('chats')
  const messages = useMessages(chatId)
  const toThread = useThreadMessages('partner')
  const older = { load: () => void messages.loadOlder(), isLoading: messages.isLoadingOlder }
  const texts = {
    messages: t('messages'),
    empty: t('noMessages'),
    older: t('older'),
    toNewest: t('toNewest'),
    newBelow: (count: number) => t('down', { count }),
  }
  return (
    <Read query={messages}>
      {loaded => (
        <ScrollingThread
          messages={toThread(loaded.messages)}
          texts={texts}
          older={loaded.before === undefined ? undefined : older}
        />
      )}
    </Read>
  )
}
