import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconRotate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '#desk-protocol'
import { shown } from '../../../../ui/keys/shown.ts'
import { StrokesShown } from '../../../../ui/keys/strokes-shown.tsx'
import { type DeskKey, firstStrokes, keysOf } from '../../../data/desk-keys.ts'
import { useRecording } from './use-recording.ts'

/** Why keys were not taken: by what they are used already, or by the browser. */
export type Refused = { row: DeskKey; keys: string; by: DeskKey | undefined }

type Props = {
  row: DeskKey
  chosen: Preferences['keys']
  refused: Refused | undefined
  onChoose: (keys: string) => void
  onSwap: (refused: Refused) => void
  onBegin: () => void
}

/** One act: its keys are a button, which waits for others when it is pressed. */
export function KeyRow({ row, chosen, refused, onChoose, onSwap, onBegin }: Props) {
  const { t } = useTranslation('settings')
  const says = useActName()
  const recording = useRecording(firstStrokes(chosen), onChoose)
  const keys = keysOf(row, chosen)
  const name = says(row)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <div className="keys-acts">
          {keys !== row.keys && (
            <Tooltip label={t('keysReset', { keys: row.keys.split(' ').map(shown).join(' ') })}>
              <ActionIcon size={28} aria-label={t('keysResetOne', { act: name })} onClick={() => onChoose(row.keys)}>
                <IconRotate size={16} stroke={1.5} />
              </ActionIcon>
            </Tooltip>
          )}
          <button
            type="button"
            className="keys-button"
            aria-label={t('keysChange', { act: name, keys: keys.split(' ').map(shown).join(' ') })}
            data-recording={recording.isOn || undefined}
            onClick={() => {
              onBegin()
              recording.begin()
            }}
            {...recording.listeners}
          >
            {recording.isOn ? (
              <span role="status">
                {recording.first === undefined ? t('keysPress') : `${shown(recording.first)} …`}
              </span>
            ) : (
              <StrokesShown keys={keys} />
            )}
          </button>
        </div>
        {refused && <WhyNot refused={refused} onSwap={() => onSwap(refused)} />}
      </td>
    </tr>
  )
}

function WhyNot({ refused: { keys, by }, onSwap }: { refused: Refused; onSwap: () => void }) {
  const { t } = useTranslation('settings')
  const says = useActName()
  const pressed = keys.split(' ').map(shown).join(' ')
  if (!by)
    return (
      <p role="alert" className="keys-refused">
        {t('keysOfBrowser', { keys: pressed })}
      </p>
    )
  return (
    <div role="alert" className="keys-refused">
      <span>{t('keysTaken', { keys: pressed, act: says(by) })}</span>
      <Button size="compact-sm" variant="default" onClick={onSwap}>
        {t('keysSwap')}
      </Button>
    </div>
  )
}

function useActName(): (row: DeskKey) => string {
  const { t } = useTranslation(['inbox', 'desk', 'ui'])
  return row => ('page' in row ? t(row.text, { page: t(row.page) }) : t(row.text))
}
