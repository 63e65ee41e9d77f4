import { IconAlertTriangle } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { headers, parseJson } from '#contract'
import { CodeValue, CopyButton } from '../../../ui/form/copy.tsx'
import { useFormat } from '../../../ui/format.ts'
import { SidePanel } from '../../../ui/frame/page.tsx'
import { JsonView } from '../../../ui/json/json-view.tsx'
import { HttpStatus, type LoggedRequest } from './columns.tsx'

/** Both bodies of a request, and how to send it again. */
export function RequestDetails({ request, onClose }: { request: LoggedRequest; onClose: () => void }) {
  const { t } = useTranslation('queryLog')
  const format = useFormat()
  const { at, method, path, operation, status, durationMs, traceId, integration, keyId, isCut, unknownFields } = request
  return (
    <SidePanel
      title={operation}
      label={operation}
      onClose={onClose}
      acts={<CopyButton text={curlOf(request)} label={t('curl')} />}
    >
      <div className="query-log-facts">
        <p className="row">
          <HttpStatus status={status} />
          <span className="num">{format.duration(durationMs)}</span>
          <time className="muted" dateTime={at}>
            {format.dateTime(new Date(at))}
          </time>
        </p>
        <p className="mono query-log-path">
          {method} {path}
        </p>
        <p className="meta">
          {integration} · {t('key', { id: String(keyId) })}
        </p>
        <CodeValue text={traceId} label={t('trace')} />
        {isCut && <p className="meta">{t('cut')}</p>}
        {unknownFields && <UnknownFields fields={unknownFields} />}
      </div>
      <Body title={t('request')} text={request.requestBody} />
      <Body title={t('answer')} text={request.responseBody} />
    </SidePanel>
  )
}

function UnknownFields({ fields }: { fields: NonNullable<LoggedRequest['unknownFields']> }) {
  const { t } = useTranslation('queryLog')
  const title = useId()
  return (
    <section className="query-log-unknown" aria-labelledby={title}>
      <p id={title}>
        <IconAlertTriangle size={14} aria-hidden /> {t('unknown')}
      </p>
      <ul>
        {fields.map(({ at, known }) => (
          <li key={at}>
            <code className="mono">{at}</code>
            {known !== undefined && <span className="muted"> — {t('known', { place: known })}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Body({ title, text }: { title: string; text: string | undefined }) {
  const { t } = useTranslation('queryLog')
  return (
    <section className="query-log-body">
      <h3>{title}</h3>
      {text === undefined ? <p className="muted">{t('noBody')}</p> : <JsonView value={parsedOr(text)} label={title} />}
    </section>
  )
}

/** A body that is not JSON, or was cut, is shown as text. */
function parsedOr(text: string): unknown {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : text
}

/** A command for a shell; the key is left to the variable KEY. */
function curlOf({ method, path, requestBody }: LoggedRequest): string {
  const parts = [`curl -s -X ${method} ${quote(window.location.origin + path)}`, `-H "${headers.apiKey}: $KEY"`]
  const isJson = requestBody !== undefined && parseJson(requestBody).ok
  if (isJson) parts.push(`-H 'Content-Type: application/json' -d ${quote(requestBody)}`)
  return parts.join(' ')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
