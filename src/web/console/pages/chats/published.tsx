import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Read } from '../../../ui/feedback/read.tsx'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { JsonView } from '../../../ui/json/json-view.tsx'
import { usePublished } from './chat.ts'

/** What the published API answers to the shop about this chat now, letter for letter. */
export function PublishedPane({ chatId, onClose }: { chatId: string; onClose: () => void }) {
  const { t } = useTranslation(['chats', 'ui'])
  const published = usePublished(chatId)
  return (
    <aside className="chats-json" aria-label={t('chats:published')}>
      <header className="page-head">
        <h2>{t('chats:published')}</h2>
        <div className="page-acts">
          <ActionIcon aria-label={t('ui:close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      </header>
      <Read query={published}>{({ answers }) => <Answers answers={answers} />}</Read>
    </aside>
  )
}

type Answer = NonNullable<ReturnType<typeof usePublished>['data']>['answers'][number]

function Answers({ answers }: { answers: readonly Answer[] }) {
  const { t } = useTranslation('chats')
  const [chosen, choose] = useState<string>()
  const shown = answers.find(({ name }) => name === chosen) ?? answers[0]
  if (!shown) return null
  return (
    <div className="chats-answer">
      <SegmentedControl
        aria-label={t('published')}
        fullWidth
        data={answers.map(({ name }) => name)}
        value={shown.name}
        onChange={choose}
      />
      <CodeValue text={`${shown.method} ${shown.path}`} isWhole />
      <JsonView key={shown.name} value={shown.body} label={shown.name} />
    </div>
  )
}
