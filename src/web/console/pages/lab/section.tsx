import type { ReactNode } from 'react'

type Props = { id: string; title: string; acts?: ReactNode; children: ReactNode }

export function Section({ id, title, acts, children }: Props) {
  return (
    <section className="lab-section" aria-labelledby={`lab-${id}`}>
      <header>
        <h2 id={`lab-${id}`}>{title}</h2>
        {acts && <div className="row">{acts}</div>}
      </header>
      {children}
    </section>
  )
}
