import v8 from 'node:v8'

/**
 * V8 learns which places of the code make long-lived objects and makes the next ones there among the old at once. A server under
 * load misleads it: what a request needs lives while the database works. Objects of requests long since answered then keep
 * young ones alive until the old are collected, and each collection of the young copies seven times as much. To be called before
 * anything else is loaded.
 */
export function tuneEngine(): void {
  v8.setFlagsFromString('--no-allocation-site-pretenuring')
}
