import { idOf, Type } from '#contract'

export const cabinetId = idOf<bigint>('The cabinet.')
export const chatId = idOf<bigint>('The chat.')
export const uuid = (description: string) => Type.String({ minLength: 36, maxLength: 36, description })
