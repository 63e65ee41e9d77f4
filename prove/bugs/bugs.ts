import { bugsInClient } from './in-client.ts'
import { bugsInDesk } from './in-desk.ts'
import { bugsInFoundation } from './in-foundation.ts'
import { bugsInMarket } from './in-market.ts'
import { bugsInNotify } from './in-notify.ts'
import { bugsInSql } from './in-sql.ts'
import { bugsInState } from './in-state.ts'

/** All bugs that are planted, by where. */
export const bugs = [
  ...bugsInSql,
  ...bugsInMarket,
  ...bugsInNotify,
  ...bugsInClient,
  ...bugsInFoundation,
  ...bugsInDesk,
  ...bugsInState,
]
