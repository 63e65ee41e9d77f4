import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import './bar-chart.css'

export type BarSeries = { name: string; tone: 'ours' | 'plain' | 'done' | 'near' | 'overdue' | 'dispute' }
export type Bar = { at: Date; values: readonly number[] }

const height = 96
const gap = 2

/** Bars of equal steps of time, one over the other; the legend tells the step under the cursor, else the sums. */
export function BarChart({
  title,
  series,
  bars,
}: {
  title: string
  series: readonly BarSeries[]
  bars: readonly Bar[]
}) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const { ref, width } = useElementSize()
  const [hovered, setHovered] = useState<number>()
  const sums = series.map((_, index) => bars.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))
  const shown = hovered === undefined ? undefined : bars[hovered]
  const numbers = shown?.values ?? sums
  const most = Math.max(4, ...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0)))
  const step = bars.length > 0 ? width / bars.length : 0
  const summary = series.map(({ name }, index) => `${name}: ${format.number(sums[index] ?? 0)}`).join(', ')
  const when = shown ? format.minute(shown.at) : t('barsLastHour')
  const first = bars[0]
  const last = bars.at(-1)
  return (
    <section className="bars" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className="meta num">{when}</span>
      </header>
      <ul className="bars-legend">
        {series.map(({ name, tone }, index) => (
          <li key={name}>
            <i className={`bars-${tone}`} />
            <span className="muted">{name}</span> <b className="num">{format.number(numbers[index] ?? 0)}</b>
          </li>
        ))}
      </ul>
      <div ref={ref} className="bars-plot">
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={`${title}. ${summary}`}>
            <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="bars-axis" />
            {bars.map((bar, index) => (
              <g
                key={bar.at.getTime()}
                onPointerEnter={() => setHovered(index)}
                onPointerLeave={() => setHovered(undefined)}
              >
                <rect x={index * step} width={step} y={0} height={height} className="bars-band" />
                {stack(bar.values, (height - 2) / most).map(
                  ({ y, size }, part) =>
                    size > 0 && (
                      <rect
                        key={series[part]?.name}
                        x={index * step + gap / 2}
                        width={Math.max(1, step - gap)}
                        y={height - 1 - y - size}
                        height={size}
                        className={`bars-${series[part]?.tone}`}
                      />
                    ),
                )}
              </g>
            ))}
          </svg>
        )}
        {sums.every(sum => sum === 0) && <span className="bars-none meta">{t('barsEmpty')}</span>}
      </div>
      {first && last && (
        <footer className="meta num">
          <span>{format.minute(first.at)}</span>
          <span>{format.minute(last.at)}</span>
        </footer>
      )}
    </section>
  )
}

/** Where each part of a bar begins and how high it is; what is there at all is seen. */
function stack(values: readonly number[], scale: number): { y: number; size: number }[] {
  let y = 0
  return values.map(value => {
    const size = value > 0 ? Math.max(2, value * scale) : 0
    const part = { y, size }
    y += size
    return part
  })
}
