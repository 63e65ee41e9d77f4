/** Notifications, market -> shop: their types, bodies, answers and failures. Imported through the contract's door. */
export * from './answer.ts'
export * from './bodies.ts'
export * from './events.ts'
export * from './failures.ts'
export * from './samples.ts'
export * from './serialize.ts'
export * from './sources.ts'
