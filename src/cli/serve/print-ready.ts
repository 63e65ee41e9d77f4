import { printJson } from '../terminal/print.ts'
import type { Served } from './serve.ts'

/** The one line that programs wait for. */
export function printReadyJson({ running, demo, desk }: Pick<Served, 'running' | 'demo' | 'desk'>): void {
  const business = demo && { businessId: demo.businessId, campaignId: demo.campaignId, apiKey: demo.apiKey }
  const { url: api, metricsUrl: metrics, adminToken } = running
  const beside = desk && { desk: desk.url, deskLink: desk.link }
  printJson({ ready: true, api, metrics, adminToken, ...business, ...beside })
}
