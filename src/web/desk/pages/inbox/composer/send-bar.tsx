import { ActionIcon, Button, FileButton, Tooltip } from '@mantine/core'
import { IconMessageBolt, IconPaperclip, IconSend, IconSendOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import type { Preferences } from '#desk-protocol'
import { LengthCounter } from '../../../../parts/composer/length-counter.tsx'
import type { Canned } from './canned/use-canned.ts'
import { sendKeysShown } from './send-keys.ts'
import type { Answering } from './use-answering.ts'
import type { Files } from './use-files.ts'

type Props = { answering: Answering; files: Files; sendBy: Preferences['sendBy']; canned: Canned }

/** Files, the length, and two buttons that say where they lead. One that cannot be used says why. */
export function SendBar({ answering, files, canned, sendBy }: Props) {
  const { t } = useTranslation('writing')
  const { isPending, text, unfilled } = answering
  const whyNot = answering.whyNot && t(answering.whyNot, { max: textMaxLength, names: unfilled.join(', ') })
  const keys = sendKeysShown(sendBy)
  return (
    <div className="composer-bar">
      <FileButton multiple onChange={chosen => files.add(chosen)}>
        {({ onClick }) => (
          <Tooltip label={t('attach')}>
            <ActionIcon size={32} aria-label={t('attach')} onClick={onClick}>
              <IconPaperclip size={19} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
      </FileButton>
      <Tooltip label={t('replies')}>
        <ActionIcon size={32} aria-label={t('replies')} aria-expanded={canned.isOpen} onClick={canned.toggle}>
          <IconMessageBolt size={19} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <span className="composer-note meta">
        {answering.whyNot === 'whyOffline' ? t('whyOffline') : text === '' ? t('keysHint') : t(answering.draftSays)}
      </span>
      <LengthCounter length={text.length} maxLength={textMaxLength} />
      <Act
        whyNot={whyNot}
        keys={t('sendNextKey', { keys: keys.next })}
        variant="default"
        isPending={isPending}
        onDo={() => void answering.send({ isNext: true })}
        says={t('sendNext')}
      />
      <Act
        whyNot={whyNot}
        keys={t('sendKey', { keys: keys.send })}
        variant="filled"
        isPending={isPending}
        onDo={() => void answering.send({ isNext: false })}
        says={t('send')}
      />
    </div>
  )
}

type ActProps = {
  whyNot: string | undefined
  keys: string
  variant: 'default' | 'filled'
  isPending: boolean
  onDo: () => void
  says: string
}

/** Stays reachable when it cannot be used, so that its reason can be read. */
function Act({ whyNot, keys, variant, isPending, onDo, says }: ActProps) {
  const isOff = whyNot !== undefined
  return (
    <Tooltip label={whyNot ?? keys} multiline maw={280}>
      <Button
        className={`composer-${variant}`}
        variant={variant}
        aria-disabled={isOff}
        aria-description={whyNot}
        data-disabled={isOff || undefined}
        loading={isPending}
        leftSection={variant === 'filled' && (isOff ? <IconSendOff size={14} /> : <IconSend size={14} />)}
        onClick={() => !isOff && onDo()}
      >
        {says}
      </Button>
    </Tooltip>
  )
}
