import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { useFormat } from '../../../ui/format.ts'
import type { Column } from '../../../ui/table/virtual-table.tsx'
import type { AnswerOf } from '../../data/market.ts'

export type LoggedRequest = AnswerOf<'GET /businesses/{businessId}/requests'>['requests'][number]

/** The moment and the number together: a number alone may come again at another moment. */
export function keyOf({ at, requestId }: LoggedRequest): string {
  return `${at} ${requestId}`
}

export function HttpStatus({ status }: { status: number }) {
  if (status < 400) return <StatusChip tone="done" icon={IconCheck} text={String(status)} />
  if (status < 500) return <StatusChip tone="near" icon={IconAlertTriangle} text={String(status)} />
  return <StatusChip tone="overdue" icon={IconX} text={String(status)} />
}

export function useColumns(): Column<LoggedRequest>[] {
  const { t } = useTranslation('queryLog')
  const format = useFormat()
  return useMemo<Column<LoggedRequest>[]>(
    () => [
      {
        id: 'time',
        title: t('time'),
        width: '188px',
        from: 580,
        render: ({ at }) => <time dateTime={at}>{format.dateTime(new Date(at))}</time>,
      },
      { id: 'status', title: t('status'), width: '84px', render: ({ status }) => <HttpStatus status={status} /> },
      {
        id: 'operation',
        title: t('operation'),
        width: 'minmax(150px, 1fr)',
        render: ({ method, operation }) => (
          <span className="query-log-operation">
            <span className="mono muted">{method}</span> <span className="cut">{operation}</span>
          </span>
        ),
      },
      {
        id: 'path',
        title: t('request'),
        width: 'minmax(0, 2fr)',
        from: 860,
        render: ({ path }) => <span className="mono cut muted">{path}</span>,
      },
      {
        id: 'integration',
        title: t('integration'),
        width: 'minmax(0, 160px)',
        from: 720,
        render: ({ integration }) => <span className="cut">{integration}</span>,
      },
      {
        id: 'took',
        title: t('took'),
        width: '88px',
        align: 'end',
        render: ({ durationMs }) => <span className="num">{format.duration(durationMs)}</span>,
      },
    ],
    [t, format.dateTime, format.duration],
  )
}
