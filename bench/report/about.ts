/** A line for each bench: what it measures, held against what. */
export const about: Record<string, string> = {
  start: 'from the command to the first answer of the API, beside PostgreSQL alone',
  growth: 'every way to read, among 10 thousand messages and among a million, turn and turn about',
  cluster:
    'posting and reading in all lanes, beside one PostgreSQL, on a Citus cluster that PRILAVOK_TEST_CITUS_URL names',
  post: 'messages are written over HTTP on 128 connections, beside pgbench calling the same function',
  chats: 'the newest chats of a business on 128 connections, beside pgbench with the same selects',
  history: 'a page of a chat’s messages on 128 connections, beside pgbench with the same selects',
  message: 'one message on 128 connections, beside pgbench with the same select',
  limits: 'the two limits of what can be reached: node:http that only answers the same bytes, and pgbench',
  peers: '@stoplight/prism-cli on our /openapi.json: with its own examples, and with answers as long as ours',
  fairness: 'a business beside another one that reads its longest history on all its connections',
  querylog: 'what the query log costs, beside a market without it',
  notify: 'from a written message to the shop that is told of it',
  sync: 'a mirror of all chats: in calls, and in time',
  desk: 'the desk with 100 000 chats: its mirror, its API, its pages in Chromium',
  memory: 'memory of the market’s process, beside Node.js with nothing in it',
}
