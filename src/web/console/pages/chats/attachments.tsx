import { IconMoodSmile, IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileMaxBytes } from '#contract'
import { FilePicker } from '../../../parts/composer/file-picker.tsx'
import { StickerPicker } from '../../../parts/composer/sticker-picker.tsx'
import { IconAct } from '../../../ui/form/icon-act.tsx'
import { readCustomerToken, useStickers } from '../../data/customer-api.ts'
import type { AdminChat } from './chat.ts'
import type { Sending, Speaker } from './speak.ts'

type Props = { as: Speaker; onChosen: (sending: Sending) => void }

/** Customers and shops send photos. */
export function PhotoButton({ as, onChosen }: Props) {
  const { t } = useTranslation('chats')
  const sender = as === 'customer' || as === 'partner' ? as : undefined
  return (
    <FilePicker
      maxBytes={fileMaxBytes}
      tooLarge={t('tooLarge')}
      onChosen={(form, says) => sender && onChosen({ kind: 'file', as: sender, form, says })}
    >
      {open => (
        <IconAct size={32} label={t('photo')} whyNot={sender ? undefined : t('whyNoPhoto')} onDo={open}>
          <IconPhoto size={18} />
        </IconAct>
      )}
    </FilePicker>
  )
}

/** Customers alone send stickers. */
export function StickerButton({ as, chat, onChosen }: Props & { chat: AdminChat }) {
  const { t } = useTranslation('chats')
  const [isOpen, setOpen] = useState(false)
  const stickers = useStickers(() => readCustomerToken(chat.customerPublicId), isOpen)
  const whyNot = as === 'customer' ? undefined : t('whyNoSticker')
  return (
    <StickerPicker
      label={t('sticker')}
      stickers={stickers}
      isOpen={isOpen}
      onOpen={setOpen}
      onChosen={({ name, text }) => onChosen({ kind: 'sticker', sticker: name, says: text })}
    >
      <IconAct size={32} label={t('sticker')} whyNot={whyNot} onDo={() => setOpen(!isOpen)}>
        <IconMoodSmile size={18} />
      </IconAct>
    </StickerPicker>
  )
}
