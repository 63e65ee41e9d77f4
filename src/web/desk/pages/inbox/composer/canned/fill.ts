export type Values = Partial<Record<'name' | 'order' | 'product', string | number | bigint | undefined>>

const variables: Record<string, keyof Values> = {
  имя: 'name',
  name: 'name',
  buyer: 'name',
  заказ: 'order',
  order: 'order',
  товар: 'product',
  product: 'product',
}

const slot = /\{{1,2}\s*([\p{L}]+)\s*(?:\|([^{}]*))?\}{1,2}/gu

/** `{имя}`, `{заказ}`, `{товар}` become what is known of the chat; `{имя|покупатель}` has a word for when it is not. */
export function fill(text: string, values: Values): string {
  return text.replace(slot, (whole, name: string, instead: string | undefined) => {
    const variable = variables[name.toLowerCase()]
    if (!variable) return whole
    const value = values[variable]
    return value === undefined || value === '' ? (instead ?? whole) : String(value)
  })
}
