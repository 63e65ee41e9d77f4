import { NewsCard } from './news-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { LookCard, WritingCard } from './preference-cards.tsx'
import { SessionsCard } from './sessions-card.tsx'

/** What the account and this browser have chosen. */
export function AccountSettings() {
  return (
    <>
      <LookCard />
      <WritingCard />
      <NewsCard />
      <PasswordCard />
      <SessionsCard />
    </>
  )
}
