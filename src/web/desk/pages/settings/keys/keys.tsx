import { Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DeskKey, deskKeys, isOfTheBrowser, keysOf, rebind, takenBy } from '../../../data/desk-keys.ts'
import { usePreferences, usePutPreferences } from '../../../data/preferences.ts'
import { KeyRow, type Refused } from './key-row.tsx'
import './keys.css'

const groups = ['list', 'chat', 'everywhere'] as const

/** Every key of the desk: another can be chosen for each, and single keys can be switched off. */
export function KeysSettings() {
  const { t } = useTranslation('settings')
  const { areKeysOff, keys: chosen } = usePreferences()
  const { change } = usePutPreferences()
  const [refused, setRefused] = useState<Refused>()
  const choose = (row: DeskKey, keys: string) => {
    const by = takenBy(keys, row, chosen)
    if (isOfTheBrowser(keys) || by) return setRefused({ row, keys, by })
    setRefused(undefined)
    change({ keys: rebind(row, keys, chosen) })
  }
  const swap = ({ row, keys, by }: Refused) => {
    setRefused(undefined)
    if (by) change({ keys: rebind(by, keysOf(row, chosen), rebind(row, keys, chosen)) })
  }
  return (
    <>
      <section className="card" aria-label={t('keys')}>
        <h2>{t('keys')}</h2>
        <p className="muted">{t('keysHint')}</p>
        <div className="card-line">
          <span>{t('keysOff')}</span>
          <Switch
            aria-label={t('keysOff')}
            checked={areKeysOff}
            onChange={event => change({ areKeysOff: event.currentTarget.checked })}
          />
        </div>
        <div className="card-acts">
          <Button variant="default" disabled={!chosen?.length} onClick={() => change({ keys: [] })}>
            {t('keysResetAll')}
          </Button>
        </div>
      </section>
      {groups.map(group => (
        <section key={group} className="card" aria-label={t(`keys_${group}`)}>
          <h2>{t(`keys_${group}`)}</h2>
          <table className="keys-table">
            <thead>
              <tr>
                <th scope="col" className="unseen">
                  {t('keysAct')}
                </th>
                <th scope="col" className="unseen">
                  {t('keysKey')}
                </th>
              </tr>
            </thead>
            <tbody>
              {deskKeys
                .filter(({ of }) => of === group)
                .map(row => (
                  <KeyRow
                    key={row.keys}
                    row={row}
                    chosen={chosen}
                    refused={refused?.row === row ? refused : undefined}
                    onChoose={keys => choose(row, keys)}
                    onSwap={swap}
                    onBegin={() => setRefused(undefined)}
                  />
                ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  )
}
