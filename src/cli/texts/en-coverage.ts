import { counted } from './language.ts'

/** What `prilavok sim exec --coverage` says. */
export const enCoverage = {
  options: {
    coverage: 'at the end, tell on standard error which answers the command has met, and which never',
    coverageFile: 'write the same as JSON',
    coverageMin: 'exit with 1 if it has met less than so many percent of what production brings',
  },
  title: (met: number, of: number) =>
    `Coverage: the command has met ${met} of the ${counted('en', of, { one: 'case', other: 'cases' })} that production brings to what it uses.`,
  columns: ['METHOD', 'CALLS', 'OK', 'OTHER ANSWERS'] as readonly string[],
  nothingCalled:
    'No method of the API was called: does the command use PRILAVOK_URL and PRILAVOK_API_KEY? Tests with startMarket() have markets of their own: ask those, by market.coverage().',
  notCalled: (names: string) => `Not called: ${names}.`,
  notifications: (names: string) => `Notifications: ${names}.`,
  noNotifications: 'No notifications came: the run had no subscription, or nothing happened in it.',
  allMet: 'There is nothing that production brings and this run has not met.',
  missed: 'Never met, and production will bring it; what breaks programs most comes first:',
  neverCame: (type: string) => `${type} never came`,
  cases: {
    lostAnswer: 'The answer is lost: the work is done, then the connection is closed',
    lateAnswer: 'The answer takes 20 s',
    duplicate: 'A notification comes twice',
    retry: 'A notification comes again, since the receiver has failed',
    reordered: 'Notifications come out of order',
    lateNotification: 'A notification comes 20 s late',
    lostNotification: 'A notification never comes',
  },
  retryHint: 'answer one with status 500, then POST /lab/v1/clock/advance {"seconds":60}',
  pingHint: 'subscribe: PING comes before all others',
  more: (n: number, names: string) => `and ${n} more: ${names}.`,
  ofProgram: (n: number) =>
    `${counted('en', n, { one: 'more refusal comes', other: 'more refusals come' })} only from a mistake in a program: --coverage-file names them.`,
  howTo: 'Before your program asks, give the line under a case to the lab:',
  tooLittle: (percent: number, min: number) =>
    `the command has met ${percent} % of what production brings; --coverage-min asks for ${min} %.`,
  unwritable: (path: string, code: string) => `${path} cannot be written (${code}): check --coverage-file.`,
}
