import { SegmentedControl, Slider, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { schemes } from '../../../../parts/menu/look-items.tsx'
import { type Language, languages, switchLanguage } from '../../../../ui/i18n.ts'
import { densities, useDensity } from '../../../data/look.ts'
import { usePreferences, usePutPreferences } from '../../../data/preferences.ts'

export function LookCard() {
  const { t, i18n } = useTranslation(['settings', 'ui'])
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { density, choose } = useDensity()
  return (
    <section className="card" aria-label={t('settings:look')}>
      <h2>{t('settings:look')}</h2>
      <div className="card-acts">
        <SegmentedControl
          aria-label={t('ui:language')}
          data={languages.map(value => ({ value, label: i18n.getFixedT(value, 'ui')('languageName') }))}
          value={i18n.language}
          onChange={value => switchLanguage(value as Language)} // one of the above
        />
        <SegmentedControl
          aria-label={t('ui:theme')}
          data={schemes.map(({ scheme, text }) => ({ value: scheme, label: t(`ui:${text}`) }))}
          value={colorScheme}
          onChange={setColorScheme}
        />
      </div>
      <div className="card-line">
        <span>{t('settings:density')}</span>
        <SegmentedControl
          aria-label={t('settings:density')}
          data={densities.map(value => ({ value, label: t(`settings:density_${value}`) }))}
          value={density}
          onChange={choose}
        />
      </div>
    </section>
  )
}

export function WritingCard() {
  const { t } = useTranslation('settings')
  const { sendBy, undoSeconds } = usePreferences()
  const { change } = usePutPreferences()
  return (
    <section className="card" aria-label={t('writing')}>
      <h2>{t('writing')}</h2>
      <div className="card-line">
        <span>{t('sendBy')}</span>
        <SegmentedControl
          aria-label={t('sendBy')}
          data={[
            { value: 'enter', label: 'Enter' },
            { value: 'ctrl-enter', label: 'Ctrl + Enter' },
          ]}
          value={sendBy}
          onChange={value => change({ sendBy: value === 'enter' ? 'enter' : 'ctrl-enter' })}
        />
      </div>
      <UndoSeconds key={undoSeconds} seconds={undoSeconds} onChoose={seconds => change({ undoSeconds: seconds })} />
    </section>
  )
}

function UndoSeconds({ seconds, onChoose }: { seconds: number; onChoose: (seconds: number) => void }) {
  const { t } = useTranslation('settings')
  const [shown, setShown] = useState(seconds)
  return (
    <div className="card-line">
      <span>{shown === 0 ? t('undoNone') : t('undoSeconds', { count: shown })}</span>
      <Slider
        style={{ width: 200 }}
        thumbLabel={t('undoSeconds', { count: shown })}
        label={null}
        min={0}
        max={30}
        value={shown}
        onChange={setShown}
        onChangeEnd={onChoose}
      />
    </div>
  )
}
