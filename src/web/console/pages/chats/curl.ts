import { serializeJson } from '#contract'
import type { ShopRequest } from '../../data/shop-api.ts'

/** The request as a line for a shell, with the key left to a variable. */
export function curlOf({ method, path, body }: ShopRequest, origin: string): string {
  return [
    `curl -X ${method} ${quote(origin + path)}`,
    `  -H "Api-Key: $KEY" -H 'Content-Type: application/json'`,
    `  -d ${quote(serializeJson(body))}`,
  ].join(' \\\n')
}

/** The request as it goes over the wire, its key masked. */
export function requestText({ method, path, body }: ShopRequest): string {
  return `${method} ${path}\nApi-Key: ••••••••\nContent-Type: application/json\n\n${serializeJson(body)}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
