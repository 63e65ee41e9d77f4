import './sparkline.css'

const size = { width: 168, height: 36, margin: 4 }

type Props = {
  /** At equal steps of time; undefined where there is nothing. */
  values: readonly (number | undefined)[]
  /** The figures in words. */
  label: string
}

/** A small line of one value over time, from zero; a step without a value is a gap, the last one has a dot. */
export function Sparkline({ values, label }: Props) {
  const points = pointsOf(values)
  const last = points.at(-1)
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      width={size.width}
      height={size.height}
      viewBox={`0 0 ${size.width} ${size.height}`}
    >
      <path className="sparkline-base" d={`M0 ${size.height - size.margin}H${size.width}`} />
      <path d={pathOf(points)} />
      {points.map(
        (point, index) => point && <circle key={`${point.x}`} cx={point.x} cy={point.y} r={radius(index, points)} />,
      )}
      {last && <circle className="sparkline-last" cx={last.x} cy={last.y} r={3.5} />}
    </svg>
  )
}

type Point = { x: number; y: number }

export function pointsOf(values: readonly (number | undefined)[]): (Point | undefined)[] {
  const most = Math.max(...values.map(value => value ?? 0), 1)
  const step = (size.width - 2 * size.margin) / Math.max(values.length - 1, 1)
  const high = size.height - 2 * size.margin
  return values.map((value, index) =>
    value === undefined
      ? undefined
      : { x: round(size.margin + index * step), y: round(size.height - size.margin - (value / most) * high) },
  )
}

/** A line through neighbours; over a gap it begins anew. */
export function pathOf(points: readonly (Point | undefined)[]): string {
  return points
    .map((point, index) => point && `${points[index - 1] ? 'L' : 'M'}${point.x} ${point.y}`)
    .filter(Boolean)
    .join('')
}

/** A point without neighbours has no line to be seen by. */
function radius(index: number, points: readonly (Point | undefined)[]): number {
  return points[index - 1] || points[index + 1] ? 0 : 2
}

const round = (value: number) => Math.round(value * 10) / 10
