import { Button, NumberInput, Progress, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../ui/clock/clock.ts'
import { toastError } from '../../../ui/feedback/toast.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useLab } from '../../data/lab.ts'
import { callLab } from '../../data/market.ts'
import { Section } from './section.tsx'
import { useSpan } from './spans.ts'

const steps = [60, 3600, 86_400, 1_209_600] as const
const units = ['60', '3600', '86400'] as const
// The progress bar is visible from the start.
const minShownPercent = 2
const maxSeconds = 31 * 86_400

/** The market's time, and moving it ahead. */
export function ClockSection() {
  const { t } = useTranslation('lab')
  const clock = useLab('GET /clock')
  const advance = useAdvance()
  const isMoving = advance.isMoving || (clock.data?.isAdvancing ?? false)
  return (
    <Section id="clock" title={t('clock')}>
      <Now offsetSeconds={clock.data?.offsetSeconds ?? 0} nextDueAt={clock.data?.nextDueAt} />
      <div className="clock-steps">
        {steps.map(seconds => (
          <Button key={seconds} variant="default" disabled={isMoving} onClick={() => advance.by(seconds)}>
            {t(`advance_${seconds}`)}
          </Button>
        ))}
      </div>
      <OwnStep isMoving={isMoving} onAdvance={advance.by} />
      <div className="clock-did" role="status">
        <Moving isMoving={isMoving} part={advance.partOf(clock.data?.offsetSeconds)} done={advance.done} />
      </div>
    </Section>
  )
}

function Now({ offsetSeconds, nextDueAt }: { offsetSeconds: number; nextDueAt: string | undefined }) {
  const { t } = useTranslation('lab')
  const format = useFormat()
  const span = useSpan()
  const now = useNow()
  const due = nextDueAt === undefined ? undefined : new Date(nextDueAt)
  const when = due && due > now ? format.relative(due, now) : undefined
  return (
    <>
      <p className="clock-now num">{format.dateTime(now)}</p>
      <p className="meta num">{offsetSeconds < 60 ? t('offsetNone') : t('offset', { offset: span(offsetSeconds) })}</p>
      <p className="meta num">
        {due === undefined ? t('nextDueNone') : when ? t('nextDue', { when }) : t('nextDueNow')}
      </p>
    </>
  )
}

function OwnStep({ isMoving, onAdvance }: { isMoving: boolean; onAdvance: (seconds: number) => void }) {
  const { t } = useTranslation('lab')
  const [count, setCount] = useState<string | number>(3)
  const [unit, setUnit] = useState<string>(units[1])
  const seconds = Math.round(Number(count) * Number(unit))
  const isFit = seconds >= 1 && seconds <= maxSeconds
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isFit) onAdvance(seconds)
  }
  return (
    <form className="clock-own" onSubmit={submit}>
      <NumberInput aria-label={t('advanceOwn')} min={1} max={maxSeconds / 60} value={count} onChange={setCount} />
      <Select
        aria-label={t('advanceUnit')}
        data={units.map(value => ({ value, label: t(`unit_${value}`) }))}
        value={unit}
        allowDeselect={false}
        onChange={value => setUnit(value ?? units[1])}
      />
      <Button type="submit" variant="default" disabled={isMoving || !isFit}>
        {t('advanceDo')}
      </Button>
    </form>
  )
}

type Done = { seconds: number; steps: number }

/** How far the clock has moved; afterwards, the result. It has a fixed place, so that nothing jumps. */
function Moving({ isMoving, part, done }: { isMoving: boolean; part: number; done: Done | undefined }) {
  const { t } = useTranslation('lab')
  const span = useSpan()
  if (isMoving)
    return (
      <>
        <Progress value={Math.max(part * 100, minShownPercent)} animated aria-label={t('advancing')} />
        <p className="meta">{t('advancing')}</p>
      </>
    )
  if (done) return <p className="meta">{t('advanced', { offset: span(done.seconds), count: done.steps })}</p>
  return <p className="meta">{t('clockHint')}</p>
}

function useAdvance() {
  const clock = useLab('GET /clock')
  const moving = useMutation({
    mutationFn: ({ seconds }: { seconds: number; from: number }) =>
      callLab('POST /clock/advance', { body: { seconds } }),
    onError: toastError,
    onSettled: () => clock.refetch(),
  })
  const asked = moving.variables
  return {
    by: (seconds: number) => moving.mutate({ seconds, from: clock.data?.offsetSeconds ?? 0 }),
    isMoving: moving.isPending,
    done: asked && moving.data && { seconds: asked.seconds, steps: moving.data.steps },
    /** The part of the step that is done, from 0 to 1; 1 if somebody else moves the clock. */
    partOf: (offset = 0) => (moving.isPending && asked ? Math.min((offset - asked.from) / asked.seconds, 1) : 1),
  }
}
