import { defineOperation, int32, type Operation, Type } from '#contract'
import { cabinetId, chatId } from '../shapes/ids.ts'

type Unscoped = { scopes: readonly []; perHour: 0 }

/** An operation of the desk: no Api-Key opens it, and no hourly limit counts it. */
export function ownOperation<const Declared extends Omit<Operation, keyof Unscoped>>(
  operation: Declared,
): Declared & Unscoped {
  return defineOperation({ ...operation, scopes: [], perHour: 0 })
}

/** The statuses that every operation may refuse with. */
export const usual = [400, 401, 403, 500, 503] as const
export const noBody = { response: Type.Null(), status: 204 } as const

export const OfCabinet = Type.Object({ cabinetId })
export const OfChat = Type.Object({ cabinetId, chatId })
export const InCabinet = Type.Object({ cabinetId: Type.Optional(cabinetId) })

export const limit = (maximum: number, byDefault: number) =>
  Type.Optional(int32({ minimum: 1, maximum, default: byDefault, description: 'Items at the most.' }))
