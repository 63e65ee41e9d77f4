import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { useFormat } from '../../../ui/format.ts'
import { type Column, head } from '../../../ui/table/table-row.tsx'
import { useBusinessId } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'

export type LoggedRequest = AnswerOf<'GET /businesses/{businessId}/requests'>['requests'][number]

/** The time and the number together: a number alone may come again at another time. */
export function keyOf({ at, requestId }: LoggedRequest): string {
  return `${at} ${requestId}`
}

export function HttpStatus({ status }: { status: number }) {
  if (status < 400) return <StatusChip tone="done" icon={IconCheck} text={String(status)} />
  if (status < 500) return <StatusChip tone="near" icon={IconAlertTriangle} text={String(status)} />
  return <StatusChip tone="overdue" icon={IconX} text={String(status)} />
}

// Where there is room for the day beside the time.
const wholeDateFrom = 700

function ChatLink({ path }: Pick<LoggedRequest, 'path'>) {
  const businessId = useBusinessId()
  const chatId = chatOf(path)
  if (chatId === undefined) return null
  return (
    <Link to="/$businessId/chats/$chatId" params={{ businessId, chatId }} className="num">
      {chatId}
    </Link>
  )
}

/** The chat that a request names, if it names one. */
function chatOf(path: string): string | undefined {
  return /[?&]chatId=(\d+)(?:&|$)/.exec(path)?.[1]
}

export function useColumns(): Column<LoggedRequest>[] {
  const { t } = useTranslation('queryLog')
  const format = useFormat()
  return useMemo<Column<LoggedRequest>[]>(
    () => [
      {
        ...head('time', t('time'), '188px', wholeDateFrom),
        render: ({ at }) => <time dateTime={at}>{format.dateTime(new Date(at))}</time>,
      },
      {
        ...head('clock', t('time'), '80px'),
        until: wholeDateFrom,
        render: ({ at }) => (
          <time dateTime={at} title={format.dateTime(new Date(at))}>
            {format.time(new Date(at))}
          </time>
        ),
      },
      { ...head('status', t('status'), '84px'), render: ({ status }) => <HttpStatus status={status} /> },
      {
        ...head('operation', t('operation'), 'minmax(0, 1fr)'),
        render: ({ method, operation, unknownFields }) => (
          <span className="query-log-operation">
            <span className="mono muted">{method}</span> <span className="cut">{operation}</span>
            {unknownFields && (
              <IconAlertTriangle
                className="query-log-warning"
                size={14}
                role="img"
                aria-label={t('unknownCount', { count: unknownFields.length })}
              />
            )}
          </span>
        ),
      },
      {
        ...head('chat', t('chat'), '72px'),
        render: ({ path }) => <ChatLink path={path} />,
      },
      {
        ...head('path', t('request'), 'minmax(0, 2fr)', 860),
        render: ({ path }) => <span className="mono cut muted">{path}</span>,
      },
      {
        ...head('integration', t('integration'), 'minmax(0, 160px)', 720),
        render: ({ integration }) => <span className="cut">{integration}</span>,
      },
      {
        ...head('took', t('took'), '88px', 480),
        align: 'end',
        render: ({ durationMs }) => <span className="num">{format.duration(durationMs)}</span>,
      },
    ],
    [t, format.dateTime, format.time, format.duration],
  )
}
