import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const patienceMs = 300

/** A spinner that appears only after a wait that a person notices. */
export function Late() {
  const { t } = useTranslation('ui')
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="empty" role="status" aria-label={t('loading')}>
      {isLate && <Loader size="sm" />}
    </div>
  )
}
