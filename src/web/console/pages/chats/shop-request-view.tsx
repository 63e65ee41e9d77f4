import { useTranslation } from 'react-i18next'
import { operations, serializeJson } from '#contract'
import { CopyButton } from '../../../ui/form/copy.tsx'
import { useBusinessId } from '../../data/business.ts'
import { type ShopAnswer, shopRequest } from '../../data/shop-api.ts'
import { shopKeyName } from '../../data/shop-key.ts'
import { curlOf, requestText } from './curl.ts'

type Props = { chatId: string; text: string; answer: ShopAnswer | undefined }

/** The request that the shop's words go in, to be copied, and what it was answered. */
export function ShopRequestView({ chatId, text, answer }: Props) {
  const { t } = useTranslation('chats')
  const businessId = useBusinessId()
  const request = shopRequest(operations.sendMessageToChat, { businessId, chatId }, { message: text || '…' })
  return (
    <div className="chats-request">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="mono chats-request-text" aria-label={t('request')} tabIndex={0}>
        {requestText(request)}
      </section>
      <CopyButton text={curlOf(request, window.location.origin)} label={t('copyCurl')} />
      {text === '' && answer ? (
        <output className="mono chats-answered">
          {answer.status} {serializeJson(answer.body)}
        </output>
      ) : (
        <span className="meta">{t('requestNote', { key: shopKeyName })}</span>
      )}
    </div>
  )
}
