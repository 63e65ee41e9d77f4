import { slotPattern } from './slots.ts'

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

/** `{имя}`, `{заказ}`, `{товар}` become what is known of the chat; `{имя|покупатель}` has a word for when it is not. The rest stays. */
export function fill(text: string, values: Values): string {
  return text.replace(slotPattern, (whole, name: string, instead: string | undefined) => {
    const variable = variables[name.toLowerCase()]
    const value = variable && values[variable]
    return value === undefined || value === '' ? (instead?.trim() ?? whole) : String(value)
  })
}
