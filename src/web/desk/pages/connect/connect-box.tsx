import { type ReactNode, useEffect } from 'react'
import { LookMenu } from '../../sign-in/look-menu.tsx'
import '../../texts/add-later.ts'
import './connect.css'

/** A step of connecting, alone on the screen. */
export function ConnectBox({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Prilavok`
  }, [title])
  return (
    <main className="connect">
      <div className="connect-menu">
        <LookMenu />
      </div>
      <div className="connect-box">
        <span className="frame-mark" aria-hidden>
          П
        </span>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
