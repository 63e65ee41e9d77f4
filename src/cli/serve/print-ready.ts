import type { Demo, RunningMarket } from '#market'

/** The one line that programs wait for. */
export function printReadyJson({ url, adminToken }: RunningMarket, demo: Demo | undefined): void {
  const cabinet = demo && {
    businessId: Number(demo.businessId),
    campaignId: Number(demo.campaignId),
    apiKey: demo.apiKey,
  }
  process.stdout.write(`${JSON.stringify({ ready: true, api: url, adminToken, ...cabinet })}\n`)
}
