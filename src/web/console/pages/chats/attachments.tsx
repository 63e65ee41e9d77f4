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

type Props = { as: Speaker; isSilent: boolean; onChosen: (sending: Sending) => void }

/** Only customers send photos and stickers. */
function useWhyNot({ as, isSilent }: Pick<Props, 'as' | 'isSilent'>): string | undefined {
  const { t } = useTranslation('chats')
  if (as !== 'customer') return t('onlyCustomer')
  return isSilent ? t('whyTest') : undefined
}

export function PhotoButton({ as, isSilent, onChosen }: Props) {
  const { t } = useTranslation('chats')
  const whyNot = useWhyNot({ as, isSilent })
  return (
    <FilePicker
      maxBytes={fileMaxBytes}
      tooLarge={t('tooLarge')}
      onChosen={(form, says) => onChosen({ kind: 'file', form, says })}
    >
      {open => (
        <IconAct size={32} label={t('photo')} whyNot={whyNot} onDo={open}>
          <IconPhoto size={18} />
        </IconAct>
      )}
    </FilePicker>
  )
}

export function StickerButton({ as, isSilent, chat, onChosen }: Props & { chat: AdminChat }) {
  const { t } = useTranslation('chats')
  const [isOpen, setOpen] = useState(false)
  const stickers = useStickers(() => readCustomerToken(chat.customerPublicId), isOpen)
  return (
    <StickerPicker
      label={t('sticker')}
      stickers={stickers}
      isOpen={isOpen}
      onOpen={setOpen}
      onChosen={({ name, text }) => onChosen({ kind: 'sticker', sticker: name, says: text })}
    >
      <IconAct size={32} label={t('sticker')} whyNot={useWhyNot({ as, isSilent })} onDo={() => setOpen(!isOpen)}>
        <IconMoodSmile size={18} />
      </IconAct>
    </StickerPicker>
  )
}
