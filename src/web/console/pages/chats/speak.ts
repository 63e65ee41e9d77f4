import { useMutation, useQueryClient } from '@tanstack/react-query'
import { operations } from '#contract'
import type { StickerName } from '#market-protocol'
import { useBusinessId, useCall } from '../../data/business.ts'
import { type ShopAnswer, shopRequest, useShop } from '../../data/shop-api.ts'
import { refreshChat } from './chat.ts'
import type { WaitFor } from './possible.ts'

export const speakers = ['customer', 'partner', 'support', 'market'] as const
export type Speaker = (typeof speakers)[number]

/** A message to be sent; `says` names it for a person. */
export type Sending = { says: string } & (
  | { kind: 'text'; as: Speaker; text: string; waitFor?: WaitFor | undefined }
  | { kind: 'file'; as: 'customer' | 'partner'; form: FormData }
  | { kind: 'sticker'; sticker: StickerName }
)

const chatPath = '/businesses/{businessId}/chats/{chatId}'

/** Says it for somebody; for the shop by the published API, whose answer it resolves to. */
function useSay(chatId: string): (sending: Sending) => Promise<ShopAnswer | undefined> {
  const sayFromAbove = useSayFromAbove(chatId)
  const askAsShop = useShop()
  const about = { businessId: useBusinessId(), chatId }
  return async sending => {
    if ('as' in sending && sending.as === 'partner')
      return sending.kind === 'file'
        ? askAsShop(shopRequest(operations.sendFileToChat, about, sending.form))
        : askAsShop(shopRequest(operations.sendMessageToChat, about, { message: sending.text }))
    await sayFromAbove(sending)
    return undefined
  }
}

function useSayFromAbove(chatId: string): (sending: Sending) => Promise<unknown> {
  const call = useCall()
  const params = { chatId }
  return sending => {
    if (sending.kind === 'file') return call(`POST ${chatPath}/customer-files`, { params, body: sending.form })
    if (sending.kind === 'sticker')
      return call(`POST ${chatPath}/customer-stickers`, { params, body: { sticker: sending.sticker } })
    const { as, text, waitFor } = sending
    if (as === 'support')
      return call(`POST ${chatPath}/support-messages`, { params, body: { text, ...(waitFor && { waitFor }) } })
    const of = as === 'market' ? 'market-messages' : 'customer-messages'
    return call(`POST ${chatPath}/${of}`, { params, body: { text } })
  }
}

/** Sends one message at a time. A message that was not sent is kept with its reason until it or another one is sent. */
export function useSpeak(chatId: string) {
  const businessId = useBusinessId()
  const client = useQueryClient()
  const said = useMutation({
    mutationFn: useSay(chatId),
    onSuccess: () => refreshChat(client, businessId, chatId),
  })
  const run = async (sending: Sending): Promise<boolean> => {
    if (said.isPending) return false
    return said.mutateAsync(sending).then(
      () => true,
      () => false, // told by `failed`
    )
  }
  const failed = said.error && said.variables ? { sending: said.variables, error: said.error } : undefined
  const again = async () => (failed ? run(failed.sending) : false)
  return { run, again, isPending: said.isPending, failed, answer: said.data }
}
