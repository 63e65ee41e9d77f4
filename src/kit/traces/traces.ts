import type { IdGenerator, Sampler } from '@opentelemetry/sdk-trace'
import { deadline } from '../flow/deadline.ts'
import { Problem } from '../problem.ts'

/** Something that has ended: a request that was answered, a notification that was sent. Times are milliseconds of the epoch. */
type EndedSpan = {
  /** What the other side was told: 00-<trace id>-<span id>-01. */
  traceparent: string
  /** What whoever asked has sent of theirs, if it is valid. */
  parent?: string | undefined
  name: string
  kind: 'server' | 'client'
  endedAt: number
  durationMs: number
  attributes: Record<string, string | number>
  isError: boolean
}

export type Traces = {
  record(span: EndedSpan): void
  /** Sends what waits, two seconds at most. */
  stop(): Promise<void>
}

type Environment = Readonly<Record<string, string | undefined>>
type Of = { service: string; version: string }

const stopPatienceMs = 2_000

/** Traces by the standard variables of OpenTelemetry; undefined, and nothing loaded, unless they name an endpoint. Throws a Problem. */
export async function makeTraces(environment: Environment, { service, version }: Of): Promise<Traces | undefined> {
  if (!areWanted(environment)) return undefined
  const { api, sdk, exporter, resources } = await load()
  const ids = new GivenIds()
  const named = resources.resourceFromAttributes({ 'service.name': service, 'service.version': version })
  const detected = resources.detectResources({ detectors: [resources.envDetector] })
  const provider = new sdk.TracerProvider({
    resource: resources.defaultResource().merge(named).merge(detected),
    sampler: samplerOf(environment, sdk),
    idGenerator: ids,
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new exporter.OTLPTraceExporter() })],
  })
  const tracer = provider.getTracer('prilavok', version)
  return {
    record({ traceparent, parent, name, kind, endedAt, durationMs, attributes, isError }) {
      ids.next = splitTrace(traceparent)
      const options = { kind: api.SpanKind[kind === 'server' ? 'SERVER' : 'CLIENT'], startTime: endedAt - durationMs }
      const context = parent
        ? api.trace.setSpanContext(api.ROOT_CONTEXT, { ...splitTrace(parent), isRemote: true })
        : api.ROOT_CONTEXT
      const span = tracer.startSpan(name, { ...options, attributes }, context)
      if (isError) span.setStatus({ code: api.SpanStatusCode.ERROR })
      span.end(endedAt)
    },
    stop: async () => {
      await deadline(
        stopPatienceMs,
        provider.shutdown().catch(() => undefined), // what could not be sent is lost with the process
      )
    },
  }
}

function areWanted(environment: Environment): boolean {
  const { OTEL_SDK_DISABLED: disabled, OTEL_TRACES_EXPORTER: exporter } = environment
  const endpoint = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || environment['OTEL_EXPORTER_OTLP_ENDPOINT']
  return Boolean(endpoint) && disabled?.toLowerCase() !== 'true' && exporter !== 'none'
}

/** They are not installed unless somebody wants traces: twenty megabytes, and a fifth of a second of a start. */
async function load() {
  try {
    const [api, sdk, exporter, resources] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
    return { api, sdk, exporter, resources }
  } catch (error) {
    throw new Problem(
      'OTEL_EXPORTER_OTLP_ENDPOINT asks for traces, and what sends them is not installed: install the peerDependencies of package.json, or unset it.',
      { cause: error, kind: 'noTraces' },
    )
  }
}

/** OTEL_TRACES_SAMPLER: unless it is said, all traces but those whose caller does not record his. */
function samplerOf(environment: Environment, sdk: typeof import('@opentelemetry/sdk-trace')): Sampler {
  const { OTEL_TRACES_SAMPLER: name = 'parentbased_always_on', OTEL_TRACES_SAMPLER_ARG: share = '1' } = environment
  const roots: Record<string, () => Sampler> = {
    always_on: () => new sdk.AlwaysOnSampler(),
    always_off: () => new sdk.AlwaysOffSampler(),
    traceidratio: () => new sdk.TraceIdRatioBasedSampler(Number(share)),
  }
  const root = (roots[name.replace('parentbased_', '')] ?? roots['always_on'])?.() ?? new sdk.AlwaysOnSampler()
  return name.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root
}

/** The ids that an answer has told already. */
class GivenIds implements IdGenerator {
  next = { traceId: '', spanId: '' }
  generateTraceId = () => this.next.traceId
  generateSpanId = () => this.next.spanId
}

function splitTrace(traceparent: string): { traceId: string; spanId: string; traceFlags: number } {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-')
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1 }
}
