import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import './frame.css'

type Props = {
  switcher: ReactNode
  nav: ReactNode
  menu: ReactNode
  strip: ReactNode
  /** The rail has icons alone, however wide the window is. */
  isNarrow?: boolean
  children: ReactNode
}

/** Rail, page, and the strip that says how fresh the page is. On a phone the rail lies below. */
export function AppFrame({ switcher, nav, menu, strip, isNarrow = false, children }: Props) {
  const { t } = useTranslation('ui')
  const links = useRef<HTMLElement>(null)
  // On a phone the rail may be longer than the screen is wide. It is moved by hand: from what is scrolled into view, browsers
  // go on with the Tab key.
  useEffect(() => {
    const nav = links.current
    const current = nav?.querySelector<HTMLElement>('[aria-current]')
    if (nav && current) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2
  }, [])
  return (
    <div className="frame" data-narrow={isNarrow || undefined}>
      <a className="frame-skip" href="#page">
        {t('skipToContent')}
      </a>
      <div className="frame-rail">
        <div className="frame-top">{switcher}</div>
        <nav ref={links} className="frame-nav" aria-label="Prilavok">
          {nav}
        </nav>
        <div className="frame-menu">{menu}</div>
      </div>
      <main id="page" className="frame-page" tabIndex={-1}>
        {children}
      </main>
      <footer className="frame-strip">{strip}</footer>
    </div>
  )
}
