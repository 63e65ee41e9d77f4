import type { Endpoint, NeedsOf } from '#serving'
import type { Caller } from './access/admit.ts'
import { readAnswerTimes } from './endpoints/answer-times.ts'
import { addAnswer, addFile, dismissAnswer, sendAgain, takeBack } from './endpoints/answers.ts'
import { copyReplies, importReplies } from './endpoints/bring-replies.ts'
import {
  addCabinet,
  checkKey,
  listCabinets,
  readSync,
  removeCabinet,
  startProof,
  updateCabinet,
} from './endpoints/cabinets.ts'
import { listChats, nextChat, readViews } from './endpoints/chat-lists.ts'
import { markDone, markRead, readMessages, saveDraft, search, undoDone } from './endpoints/chats.ts'
import { followChanges } from './endpoints/follow-changes.ts'
import { endSession, listSessions, setPassword } from './endpoints/own-sessions.ts'
import {
  inviteAccount,
  listAccounts,
  readSession,
  resetAccount,
  signIn,
  signOut,
  updateAccount,
  updateMe,
} from './endpoints/people.ts'
import { putPreferences, putTrickle, readPreferences, readTrickle } from './endpoints/preferences.ts'
import { readChat } from './endpoints/read-chat.ts'
import { addReply, listReplies, putReply, removeReply, useReply } from './endpoints/replies.ts'
import { addReplyFile, removeReplyFile } from './endpoints/reply-files.ts'

/** Every operation of the desk's API. */
export const deskEndpoints = [
  readSession,
  signIn,
  signOut,
  listSessions,
  endSession,
  listAccounts,
  inviteAccount,
  updateAccount,
  resetAccount,
  updateMe,
  setPassword,
  listCabinets,
  checkKey,
  addCabinet,
  updateCabinet,
  removeCabinet,
  readSync,
  startProof,
  readViews,
  listChats,
  nextChat,
  readAnswerTimes,
  readChat,
  readMessages,
  markRead,
  markDone,
  undoDone,
  saveDraft,
  addAnswer,
  addFile,
  takeBack,
  sendAgain,
  dismissAnswer,
  search,
  listReplies,
  addReply,
  putReply,
  removeReply,
  useReply,
  addReplyFile,
  removeReplyFile,
  copyReplies,
  importReplies,
  readPreferences,
  putPreferences,
  readTrickle,
  putTrickle,
  followChanges,
] as const satisfies readonly Endpoint<never, Caller>[]

export type DeskNeeds = NeedsOf<typeof deskEndpoints>
