import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Trouble, useEditing } from './use-editing.ts'

type Props = { trouble: Trouble; editing: Pick<ReturnType<typeof useEditing>, 'save' | 'takeTheirs'> }

/** Why it was not saved, and what can be done. What was typed stays. */
export function ReplyTrouble({ trouble, editing: { save, takeTheirs } }: Props) {
  const { t } = useTranslation('replies')
  switch (trouble.kind) {
    case 'file':
      return (
        <div className="replies-trouble" role="alert">
          {t('fileFailed', { name: trouble.name })}
        </div>
      )
    case 'deleted':
      return (
        <div className="replies-trouble" role="alert">
          {t('deletedMeanwhile')}
          <Button size="compact-sm" variant="default" onClick={() => void save.run({})}>
            {t('saveAsNew')}
          </Button>
        </div>
      )
    case 'changed':
      return (
        <div className="replies-trouble" role="alert">
          {t('changedMeanwhile')}
          <blockquote>
            <strong>{trouble.theirs.title}</strong>
            {`\n${trouble.theirs.text}`}
          </blockquote>
          <Button size="compact-sm" variant="default" onClick={() => takeTheirs(trouble.theirs)}>
            {t('takeTheirs')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => void save.run({ isOverwriting: true })}>
            {t('saveMine')}
          </Button>
        </div>
      )
  }
}
