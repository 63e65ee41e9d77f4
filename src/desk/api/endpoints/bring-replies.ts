import type { Sql } from '#database'
import { HttpProblem, problems } from '#serving'
import type { FileFolder } from '../../files/file-folder.ts'
import { copyReplies as copy } from '../../inbox/copy-replies.ts'
import { readRepliesCsv } from '../../inbox/csv.ts'
import { decodeTable } from '../../inbox/decode-table.ts'
import { importReplies as importRows } from '../../inbox/import-replies.ts'
import type { Bus } from '../../live/bus.ts'
import { personalEndpoint } from '../access/admit.ts'
import { receiveFile } from '../files/receive-file.ts'
import * as operations from '../operations/replies.ts'
import { readUuid } from '../shapes/read-uuid.ts'
import { tellReplies } from './reply-view.ts'
import { noSuchCabinet, requireCabinet } from './require.ts'

type Needs = { sql: Sql; bus: Pick<Bus, 'publish'>; files: FileFolder }

export const copyReplies = personalEndpoint(
  operations.copyReplies,
  async (needs: Needs, { body: { from, to, replyIds } }) => {
    await requireCabinet(needs.sql, from)
    await requireCabinet(needs.sql, to)
    if (from === to) throw problems.misfit('to', 'must be another cabinet')
    const copied = await copy(needs, { from, to, replyIds: replyIds.map(readUuid) })
    if (copied === undefined) throw noSuchCabinet()
    tellReplies(needs, to)
    return copied
  },
)

export const importReplies = personalEndpoint(
  operations.importReplies,
  async (needs: Needs, { query: { cabinetId }, raw }) => {
    await requireCabinet(needs.sql, cabinetId)
    const bytes = await receiveFile(raw, async file => Buffer.concat(await Array.fromAsync(file.bytes)))
    const csv = decodeTable(bytes)
    if (csv === undefined)
      throw new HttpProblem(422, 'The table is not in UTF-8, UTF-16 or windows-1251.', { why: 'encoding' })
    const read = readRepliesCsv(csv)
    if (!read.ok)
      throw new HttpProblem(422, `Row ${read.row} of the table: ${read.why}.`, { row: read.row, why: read.why })
    const imported = await importRows(needs.sql, cabinetId, read.rows)
    if (imported === undefined) throw noSuchCabinet()
    tellReplies(needs, cabinetId)
    const { repeated, ...counts } = imported
    return { ...counts, refused: [...read.refused, ...repeated].sort((one, other) => one.row - other.row) }
  },
)
