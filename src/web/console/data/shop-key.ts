import { useBusinessId, useCall } from './business.ts'

export const shopKeyName = 'Prilavok Console'
const maxKept = 5
const prefix = 'prilavok.shop-key.'

/** The key with which the console speaks as a shop: made when it is first needed, kept for this tab, listed among the keys. */
export function useShopKey() {
  const storageKey = prefix + useBusinessId()
  const call = useCall()
  const make = async (): Promise<string> => {
    const { keys } = await call('GET /businesses/{businessId}/keys')
    const ours = keys.filter(key => key.name === shopKeyName && key.revokedAt === undefined)
    // A business has room for so many keys: those of tabs that were closed long ago make way. A tab that is open makes another.
    for (const { keyId } of ours.slice(0, 1 - maxKept))
      await call('DELETE /businesses/{businessId}/keys/{keyId}', { params: { keyId } })
    const { token } = await call('POST /businesses/{businessId}/keys', {
      body: { name: shopKeyName, scopes: ['communication'] },
    })
    sessionStorage.setItem(storageKey, token)
    return token
  }
  return { read: async () => sessionStorage.getItem(storageKey) ?? make(), renew: make }
}

/** When somebody signs out. */
export function forgetShopKeys(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
}
