import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import '../texts/add-later.ts'
import './scope-list.css'

type Props = { scopes: readonly string[]; missing?: readonly string[] }

/** What a key may do and what it may not, in words, and each scope as the market spells it. */
export function ScopeList({ scopes, missing = [] }: Props) {
  return (
    <ul className="scopes">
      {scopes.map(scope => (
        <Scope key={scope} scope={scope} kind="may" />
      ))}
      {missing.map(scope => (
        <Scope key={scope} scope={scope} kind="lacks" />
      ))}
    </ul>
  )
}

const looks = {
  may: { icon: IconCheck, color: 'var(--done-text)' },
  lacks: { icon: IconX, color: 'var(--near-text)' },
} as const

function Scope({ scope, kind }: { scope: string; kind: keyof typeof looks }) {
  const { t, i18n } = useTranslation('connect')
  const { icon: Icon, color } = looks[kind]
  const key = `${kind}_${scope.toLowerCase()}`
  return (
    <li>
      <Icon size={16} color={color} aria-hidden />
      <span>
        {/* A market may have scopes that are not known here. */}
        {i18n.exists(key, { ns: 'connect' }) ? t(key as 'may_communication') : t(`${kind}Unknown`)}{' '}
        <small className="mono">{scope}</small>
      </span>
    </li>
  )
}
