import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { callServer } from '../../../parts/http/call.ts'
import { explainError } from '../../../ui/feedback/error-note.tsx'
import { useBusinessId } from '../../data/business.ts'
import { refreshChat } from './chat.ts'

export const speakers = ['customer', 'support', 'market'] as const
export type Speaker = (typeof speakers)[number]

/** Something said in a chat; `says` is how a person would know it again. */
export type Sending = {
  what: `${Speaker}-messages` | 'customer-files' | 'customer-stickers'
  body: unknown
  says: string
}

export type Failed = { sending: Sending; error: unknown }

/** Says it, one thing at a time. What was not sent is kept with its reason until it is sent again or something else is. */
export function useSpeak(chatId: string) {
  const businessId = useBusinessId()
  const client = useQueryClient()
  const said = useMutation({
    mutationFn: ({ what, body }: Sending) =>
      callServer<object>(`POST /admin/v1/businesses/{businessId}/chats/{chatId}/${what}`, {
        params: { businessId, chatId },
        body,
      }),
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
  return { run, again, isPending: said.isPending, failed }
}

export function NotSent({ failed: { sending, error }, onAgain }: { failed: Failed; onAgain: () => void }) {
  const { t } = useTranslation('chats')
  return (
    <div className="chats-failed" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <strong className="cut">{t('notSent', { says: sending.says })}</strong>
        <span>{explainError(error)}</span>
      </div>
      <Button variant="default" onClick={onAgain}>
        {t('sendAgain')}
      </Button>
    </div>
  )
}
