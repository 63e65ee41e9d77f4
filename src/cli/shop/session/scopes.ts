import { operations, type Scope, scopeOnWire } from '#contract'

function opens(allowed: readonly Scope[], scopes: readonly string[]): boolean {
  return allowed.some(scope => scopes.includes(scopeOnWire(scope)))
}

/** Whether a key with these scopes, in the words of the market, may read chats. */
export function mayReadChats(scopes: readonly string[]): boolean {
  return opens(operations.getChats.scopes, scopes)
}

export function mayWriteChats(scopes: readonly string[]): boolean {
  return opens(operations.sendMessageToChat.scopes, scopes)
}
