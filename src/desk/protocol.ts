/** What the desk's API takes and gives, as types alone, for the pages that call it. Imported by `import type` and nothing else. */
import type { Static } from '#contract'
import type { ApiOf, ProblemDetails, Wire } from '#serving'
import type { deskEndpoints } from './api/endpoints.ts'
import type * as events from './api/operations/events.ts'
import type * as settings from './api/operations/settings.ts'
import type * as account from './api/shapes/account.ts'
import type * as cabinet from './api/shapes/cabinet.ts'
import type * as chat from './api/shapes/chat.ts'
import type * as reply from './api/shapes/reply.ts'

/** Operation name -> what is sent and what is answered. */
export type DeskApi = ApiOf<typeof deskEndpoints>

export type Role = account.Role
export type Account = Wire<account.Account>
export type Session = Wire<Static<typeof account.Session>>
export type SessionRow = Wire<Static<typeof account.SessionRow>>
export type Cabinet = Wire<cabinet.Cabinet>
export type KeyCheck = Wire<cabinet.KeyCheck>
export type Sync = Wire<cabinet.Sync>
export type View = (typeof chat.views)[number]
export type Sort = (typeof chat.sorts)[number]
export type ViewCounts = Wire<Static<typeof chat.ViewCounts>>
export type ChatRow = Wire<chat.ChatRow>
export type OpenChat = Wire<chat.OpenChat>
export type Message = Wire<chat.Message>
export type FoundMessage = Wire<Static<typeof chat.FoundMessage>>
export type Answer = Wire<chat.Answer>
export type OrderCard = Wire<chat.OrderCard>
export type CannedReply = Wire<reply.CannedReply>
export type ReplyFile = Wire<reply.ReplyFile>
export type Preferences = Wire<settings.Preferences>
export type Change = Wire<events.Change>
export type Changed = Wire<Static<typeof events.Changed>>
/** With what is new where somebody has written meanwhile. */
export type DeskProblem = ProblemDetails & { newMessages?: number; newAnswers?: number }
