import { type BusinessId, fileMaxBytes, idOf, Type } from '#contract'
import type { Queries, Sql } from '#database'
import { defineEndpoint, HttpProblem, problems } from '#serving'
import { OfBusiness, usual } from '../../admin/access/parameters.ts'
import { requireBusiness } from '../../admin/access/require.ts'
import type { FileStore } from '../../files/file-store.ts'
import { readWhole } from '../../files/read-whole.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { checkState } from '../../state/check-state.ts'
import { State } from '../../state/declaration.ts'
import { ImportedBusiness, type ImportNeeds, importState as putState } from '../../state/import-state.ts'
import { StateRefused, stateRefusals } from '../../state/issues.ts'
import { readState, TooMuchForState } from '../../state/read-state.ts'

const tag = 'state'
const bodyMaxBytes = 48 * 1024 * 1024
const filesMaxBytes = 24 * 1024 * 1024

const StateFile = Type.Object(
  {
    path: Type.String({ minLength: 1, maxLength: 500, description: 'As the messages name it.' }),
    content: Type.String({ minLength: 1, maxLength: 2 * fileMaxBytes, description: 'Its bytes, base64.' }),
  },
  { title: 'StateFile', description: 'A file of a message.' },
)
const files = Type.Array(StateFile, { description: 'The files that its messages name.' })

export const exportState = defineEndpoint(
  defineOwnOperation({
    name: 'exportState',
    verb: 'GET',
    path: '/lab/v1/state',
    tag,
    summary: 'Export the state',
    description:
      'Businesses with their campaigns, orders, chats and messages, as a state file has them. Keys by their names alone; test orders, subscriptions, tokens, deliveries and the query log are no part of it.',
    query: Type.Partial(OfBusiness),
    response: Type.Object({ state: State, files }),
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, files }: { sql: Sql; files: FileStore }, { query: { businessId } }) => {
    if (businessId !== undefined) await requireBusiness(sql, businessId)
    const { state, files: named } = await readAtOnce(sql, businessId)
    const sizeBytes = named.reduce((sum, { stored }) => sum + stored.fileSize, 0)
    if (sizeBytes > filesMaxBytes)
      throw problems.conflict(
        `The files have ${sizeBytes} bytes, of ${filesMaxBytes} at the most: export single businesses.`,
      )
    const told: { path: string; content: string }[] = []
    for (const { path, stored } of named)
      told.push({ path, content: (await readWhole(files, stored)).toString('base64') })
    return { state, files: told }
  },
)

function readAtOnce(sql: Sql, businessId: BusinessId | undefined) {
  return sql
    .begin(async (transaction: Queries) => {
      await transaction.unsafe('set transaction isolation level repeatable read read only')
      return readState(transaction, businessId)
    })
    .catch(error => {
      throw error instanceof TooMuchForState ? problems.conflict(error.message) : error
    })
}

export const importState = defineEndpoint(
  defineOwnOperation({
    name: 'importState',
    verb: 'POST',
    path: '/lab/v1/state',
    tag,
    summary: 'Import a state',
    description: [
      'All of it or nothing. Businesses and campaigns are made anew: one whose id is taken is refused. Customers are put as the state has them. Messages are written at their times, and no notification tells of them.',
      'With once, the same state is put one time: later calls change nothing and answer what the first has made, with the same keys.',
    ].join('\n\n'),
    bodyMaxBytes,
    body: Type.Object({
      state: State,
      files: Type.Optional(files),
      once: Type.Optional(Type.Boolean({ description: 'Put it only if it was not put before.' })),
    }),
    response: Type.Object({
      isNew: Type.Boolean({ description: 'False if it was there already.' }),
      businesses: Type.Array(ImportedBusiness),
      keys: Type.Array(
        Type.Object({
          businessId: idOf<BusinessId>('The business.'),
          name: Type.String({ description: 'What the key is for.' }),
          token: Type.String({
            description: 'Send it in the Api-Key header. Shown here and, without once, never again.',
          }),
        }),
      ),
    }),
    refusals: [...usual, 409],
  }),
  async (needs: ImportNeeds, { body: { state, files = [], once = false } }) => {
    const contents = new Map(files.map(({ path, content }, n) => [path, bytesOf(content, `files[${n}].content`)]))
    const issues = checkState(state, contents)
    if (issues.length > 0) {
      const errors = issues.map(({ at, rule }) => ({ at: `state.${at}`, problem: rule }))
      throw new HttpProblem(400, 'The state does not fit: see errors.', { errors })
    }
    return putState(needs, { state, contents, isOnce: once }).catch(error => {
      if (!(error instanceof StateRefused)) throw error
      const errors = [{ at: `state.${error.at}`, problem: stateRefusals[error.kind] }]
      throw new HttpProblem(409, 'This market cannot take the state: see errors.', { errors })
    })
  },
)

function bytesOf(content: string, at: string): Buffer {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.toString('base64') !== content) throw problems.misfit(at, 'must be base64')
  if (bytes.length > fileMaxBytes) throw problems.misfit(at, `must have ${fileMaxBytes} bytes or less`)
  return bytes
}
