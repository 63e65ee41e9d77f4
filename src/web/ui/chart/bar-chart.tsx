import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import './bar-chart.css'

type BarSeries = { name: string; tone: 'ours' | 'plain' | 'done' | 'near' | 'overdue' | 'dispute' }
type Bar = { at: Date; values: readonly number[] }

const height = 96
const gap = 2

type ChartProps = { title: string; series: readonly BarSeries[]; bars: readonly Bar[] }

/** Bars of equal steps of time, one over the other; the legend tells the step under the cursor, else the sums. */
export function BarChart({ title, series, bars }: ChartProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const [hovered, setHovered] = useState<number>()
  const sums = series.map((_, index) => sumOf(bars.map(({ values }) => values[index] ?? 0)))
  const shown = hovered === undefined ? undefined : bars[hovered]
  const summary = series.map(({ name }, index) => `${name}: ${format.number(sums[index] ?? 0)}`).join(', ')
  return (
    <section className="bars" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className="meta num">{shown ? format.minute(shown.at) : t('barsLastHour')}</span>
      </header>
      <Legend series={series} values={shown?.values ?? sums} />
      <Plot series={series} bars={bars} label={`${title}. ${summary}`} onHover={setHovered} />
      <Ends bars={bars} />
    </section>
  )
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

function Legend({ series, values }: { series: readonly BarSeries[]; values: readonly number[] }) {
  const format = useFormat()
  return (
    <ul className="bars-legend">
      {series.map(({ name, tone }, index) => (
        <li key={name}>
          <i className={`bars-${tone}`} />
          <span className="muted">{name}</span> <b className="num">{format.number(values[index] ?? 0)}</b>
        </li>
      ))}
    </ul>
  )
}

type PlotProps = Omit<ChartProps, 'title'> & { label: string; onHover: (index: number | undefined) => void }

function Plot({ series, bars, label, onHover }: PlotProps) {
  const { t } = useTranslation('ui')
  const { ref, width } = useElementSize()
  const totals = bars.map(({ values }) => sumOf(values))
  const scale = (height - 2) / Math.max(4, ...totals)
  const step = bars.length > 0 ? width / bars.length : 0
  return (
    <div ref={ref} className="bars-plot">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="bars-axis" />
          {bars.map((bar, index) => (
            <g key={bar.at.getTime()} onPointerEnter={() => onHover(index)} onPointerLeave={() => onHover(undefined)}>
              <Stack bar={bar} series={series} left={index * step} width={step} scale={scale} />
            </g>
          ))}
        </svg>
      )}
      {sumOf(totals) === 0 && <span className="bars-none meta">{t('barsEmpty')}</span>}
    </div>
  )
}

type StackProps = { bar: Bar; series: readonly BarSeries[]; left: number; width: number; scale: number }

/** One bar, on a band of full height that reacts to the cursor. */
function Stack({ bar, series, left, width, scale }: StackProps) {
  return (
    <>
      <rect x={left} width={width} y={0} height={height} className="bars-band" />
      {stack(bar.values, scale).map(
        ({ y, size }, part) =>
          size > 0 && (
            <rect
              key={series[part]?.name}
              x={left + gap / 2}
              width={Math.max(1, width - gap)}
              y={height - 1 - y - size}
              height={size}
              className={`bars-${series[part]?.tone}`}
            />
          ),
      )}
    </>
  )
}

function Ends({ bars }: { bars: readonly Bar[] }) {
  const format = useFormat()
  const [first, last] = [bars[0], bars.at(-1)]
  if (!first || !last) return null
  return (
    <footer className="meta num">
      <span>{format.minute(first.at)}</span>
      <span>{format.minute(last.at)}</span>
    </footer>
  )
}

/** Where each part of a bar begins and how high it is; a value above 0 is at least 2 pixels high. */
function stack(values: readonly number[], scale: number): { y: number; size: number }[] {
  let y = 0
  return values.map(value => {
    const size = value > 0 ? Math.max(2, value * scale) : 0
    const part = { y, size }
    y += size
    return part
  })
}
