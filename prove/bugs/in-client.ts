import type { Bug } from './bug.ts'

const client = 'src/client'
const beside = (name: string, title?: string) => ({ test: `src/${name}.test.ts`, ...(title && { title }) })

/** In the shop's library and its commands. */
export const bugsInClient: Bug[] = [
  {
    name: 'notification-handled-twice',
    file: `${client}/receiver/recent.ts`,
    from: 'this.#outcomes.get(key) ?? this.#start(key, work)',
    to: 'this.#start(key, work)',
    caughtBy: beside('client/receiver/create-receiver', 'a duplicate is answered 200'),
  },
  {
    name: 'chat-not-in-duplicate-key',
    file: `${client}/receiver/create-receiver.ts`,
    from: 'key: [type, businessId, chatId, ',
    to: 'key: [type, businessId, ',
    caughtBy: beside('client/receiver/create-receiver', 'a duplicate is answered 200'),
  },
  {
    name: 'old-signature-trusted',
    file: `${client}/receiver/signature.ts`,
    from: '<= toleranceSeconds',
    to: '<= toleranceSeconds * 2',
    caughtBy: beside('client/receiver/signature'),
  },
  {
    name: 'any-signature-trusted',
    file: `${client}/receiver/signature.ts`,
    from: 'return fits.includes(true)',
    to: 'return fits.length > 0',
    caughtBy: beside('client/receiver/signature'),
  },
  {
    name: 'invented-address-trusted',
    file: `${client}/receiver/verify.ts`,
    from: "split(',').at(-1)",
    to: "split(',').at(0)",
    caughtBy: beside('client/receiver/verify'),
  },
  {
    name: 'receiver-takes-no-utf8',
    file: `${client}/receiver/body.ts`,
    from: "new TextDecoder('utf-8', { fatal: true })",
    to: "new TextDecoder('utf-8')",
    caughtBy: beside('client/receiver/create-receiver'),
  },
  {
    name: 'sent-again-without-key',
    file: `${client}/http/retry.ts`,
    from: 'unreached: some, lost: never,',
    to: 'unreached: some, lost: some,',
    caughtBy: beside('client/http/retry'),
  },
  {
    name: 'key-not-honoured-sent-again',
    file: `${client}/calls/send-once.ts`,
    from: 'if (isAccepted || !port.isKeyHonoured()) continue',
    to: 'if (isAccepted) continue',
    caughtBy: beside('client/calls/send-once-keys'),
  },
  {
    name: 'redirect-takes-the-key',
    file: `${client}/http/request.ts`,
    from: "redirect: 'manual'",
    to: "redirect: 'follow'",
    caughtBy: { test: 'test/flows/client-answers.test.ts', title: 'that is a redirect is not followed' },
  },
  {
    name: 'key-in-errors',
    file: `${client}/http/redact.ts`,
    from: "left.replace(beginningOf(secret), '[key]')",
    to: "left.replace(secret, '[key]')",
    caughtBy: beside('client/http/secrets'),
  },
  {
    name: 'mark-of-the-wrong-message',
    file: `${client}/sync/read/read-marks.ts`,
    from: 'return tail.length < overlapMessages ? from : tail[0]',
    to: 'return tail.length < overlapMessages ? from : tail.at(-1)',
    caughtBy: beside('client/sync/sync-chats', 'appears a little below'),
  },
  {
    name: 'read-before-the-second-is-over',
    file: `${client}/sync/read/read-marks.ts`,
    from: 'isRead: isSettled,',
    to: 'isRead: true,',
    caughtBy: beside('client/sync/sync-news'),
  },
  {
    name: 'marked-as-read-before-the-last-page',
    file: `${client}/sync/read/read-chat.ts`,
    from: 'const mark = isLast && !isPuzzling ?',
    to: 'const mark = !isPuzzling ?',
    caughtBy: beside('client/sync/sync-chats'),
  },
  {
    name: 'terminal-obeys-c1',
    file: 'src/cli/terminal/printable.ts',
    from: '[\\\\p{Cc}\\\\p{Cf}',
    to: '[\\u0000-\\u001f\\\\p{Cf}',
    caughtBy: beside('cli/terminal/printable'),
  },
  {
    name: 'spreadsheet-obeys-cell',
    file: 'src/cli/shop/archive/write-csv.ts',
    from: '@＝＋－＠]|[\\t\\n])/',
    to: '＝＋－＠]|[\\t\\n])/',
    caughtBy: beside('cli/shop/archive/write-csv'),
  },
  {
    name: 'file-written-in-place',
    file: 'src/cli/shop/archive/replace-file.ts',
    from: '  const draft = draftOf(path)\n  await writeFile(',
    to: '  const draft = path\n  await writeFile(',
    caughtBy: beside('cli/shop/archive/replace-file'),
  },
  {
    name: 'page-is-harmless',
    file: 'src/cli/shop/archive/safe-name.ts',
    from: "return harmless.has(ending) ? ending : 'bin'",
    to: "return ending || 'bin'",
    caughtBy: beside('cli/shop/archive/safe-name'),
  },
]
