import { useTranslation } from 'react-i18next'
import type { Coverage } from './coverage.ts'

/** The published methods: how often each was called, and which were not. */
export function Methods({ operations }: Pick<Coverage, 'operations'>) {
  const { t } = useTranslation('coverage')
  const called = operations.filter(({ calls }) => calls > 0)
  const names = operations.filter(({ calls }) => calls === 0).map(({ operation }) => operation)
  return (
    <section aria-labelledby="coverage-methods">
      <h2 id="coverage-methods">{t('methods')}</h2>
      <ul className="coverage-list">
        {called.map(({ operation, calls, ok }) => (
          <li key={operation}>
            <span className="coverage-text">{operation}</span>
            <span className="meta num">
              {t('calls', { count: calls })} · {t('succeeded', { count: ok })}
            </span>
          </li>
        ))}
      </ul>
      {names.length > 0 && <p className="meta">{t('notCalled', { names: names.join(', ') })}</p>}
    </section>
  )
}
