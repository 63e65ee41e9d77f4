import { defineOperation, type Operation } from '#contract'

type Unscoped = { scopes: readonly []; perHour: 0 }

/** An operation of one of the market's own APIs: no Api-Key opens it, and no hourly limit counts it. */
export function defineOwnOperation<const Declared extends Omit<Operation, keyof Unscoped>>(
  operation: Declared,
): Declared & Unscoped {
  return defineOperation({ ...operation, scopes: [], perHour: 0 })
}
