import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { clockNow, useNow } from '../../../../ui/clock/clock.ts'
import { useLastAnswer } from './last-answer.ts'
import { useTakeBack } from './use-take-back.ts'

/** While the last answer has not left, it can be taken back from any chat. */
export function TakeBackBar() {
  const last = useLastAnswer()
  useNow() // drawn anew each second
  if (!last || last.leavesAt <= clockNow().getTime()) return null
  return <Bar last={last} />
}

function Bar({ last }: { last: NonNullable<ReturnType<typeof useLastAnswer>> }) {
  const { t } = useTranslation('writing')
  const takeBack = useTakeBack()
  const seconds = Math.max(Math.ceil((last.leavesAt - clockNow().getTime()) / 1000), 1)
  return (
    <div className="take-back" role="status">
      <span className="cut">{t('leaving', { name: last.to })}</span>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconArrowBackUp size={14} />}
        onClick={() => takeBack(last)}
      >
        <span className="num">{t('takeBackIn', { seconds })}</span>
      </Button>
    </div>
  )
}
