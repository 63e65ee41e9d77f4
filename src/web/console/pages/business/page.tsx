import { useTranslation } from 'react-i18next'
import { Read } from '../../../ui/feedback/read.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { Page } from '../../../ui/frame/page.tsx'
import { useCall } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'
import { useAdmin } from '../../data/queries.ts'
import { Setting } from './setting.tsx'
import './business.css'

type Business = AnswerOf<'GET /businesses/{businessId}'>['business']

/** What the business has chosen of its chats. A choice takes effect as soon as it is made. */
export function BusinessPage() {
  const { t } = useTranslation(['business', 'frame'])
  const query = useAdmin('GET /businesses/{businessId}', { topics: [] })
  const finished = useChange(query)
  const direct = useChange(query)
  const testChats = useChange(query)
  return (
    <Page title={t('frame:business')}>
      <Read query={query}>
        {({ business }) => (
          <>
            <Setting
              title={t('finishedChats')}
              note={t('finishedChatsNote')}
              value={business.finishedChats}
              modes={[
                { value: 'refuse', label: t('refuse'), note: t('refuseNote') },
                { value: 'reopen', label: t('reopen'), note: t('reopenNote') },
              ]}
              onChoose={finishedChats => finished.run({ finishedChats })}
            />
            <Setting
              title={t('directMessages')}
              note={t('directMessagesNote')}
              value={business.directMessages}
              modes={[
                { value: 'off', label: t('off'), note: t('offNote') },
                { value: 'subscribers', label: t('subscribers'), note: t('subscribersNote') },
                { value: 'all', label: t('all'), note: t('allNote') },
              ]}
              onChoose={directMessages => direct.run({ directMessages })}
            />
            <Setting
              title={t('testChats')}
              note={t('testChatsNote')}
              value={business.testChatsAnswer ? 'answer' : 'silent'}
              modes={[
                { value: 'silent', label: t('silent'), note: t('silentNote') },
                { value: 'answer', label: t('answer'), note: t('answerNote') },
              ]}
              onChoose={mode => testChats.run({ testChatsAnswer: mode === 'answer' })}
            />
          </>
        )}
      </Read>
    </Page>
  )
}

type Change = Partial<Pick<Business, 'finishedChats' | 'directMessages' | 'testChatsAnswer'>>

function useChange({ refetch }: { refetch: () => Promise<unknown> }) {
  const call = useCall()
  return useAct(async (body: Change) => {
    await call('PATCH /businesses/{businessId}', { body })
    await refetch()
  })
}
