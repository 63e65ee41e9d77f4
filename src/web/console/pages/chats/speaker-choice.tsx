import { SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AdminChat } from './chat.ts'
import { canWaitFor, type WaitFor, waitsFor } from './possible.ts'
import { type Speaker, speakers } from './speak.ts'

type Props = { as: Speaker; choose: (as: Speaker) => void } & WaitForProps
type WaitForProps = {
  chat: AdminChat
  waitFor: WaitFor | undefined
  setWaitFor: (value: WaitFor | undefined) => void
}

/** Chooses the speaker; for the arbiter also whom the chat then waits for. */
export function SpeakerChoice({ as, choose, ...waiting }: Props) {
  const { t } = useTranslation('chats')
  return (
    <div className="chats-as">
      <SegmentedControl
        aria-label={t('speakAs')}
        data={speakers.map(value => ({ value, label: t(`as_${value}`) }))}
        value={as}
        onChange={choose}
      />
      {as === 'support' && <WaitForSelect {...waiting} />}
    </div>
  )
}

function WaitForSelect({ chat, waitFor, setWaitFor }: WaitForProps) {
  const { t } = useTranslation('chats')
  const data = waitsFor.map(whom => {
    const isAllowed = canWaitFor(chat, whom)
    const label = t(`waitFor_${whom}`)
    return { value: whom, label: isAllowed ? label : `${label}: ${t('whyNoArbiter')}`, disabled: !isAllowed }
  })
  return (
    <Select
      className="chats-wait"
      aria-label={t('waitFor')}
      placeholder={t('waitForSame')}
      clearable
      comboboxProps={{ width: 'max-content', position: 'top-end' }}
      data={data}
      value={waitFor ?? null}
      onChange={chosen => setWaitFor(chosen ?? undefined)}
    />
  )
}
