import { Button, FileButton } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../../../ui/feedback/problem.ts'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { type AnswerOf, callDesk, repliesCsvUrl } from '../../../data/desk-api.ts'

type Imported = AnswerOf<'POST /replies/import'>
type Says = { imported: Imported } | { refused: string }

/** Replies out as a table and in from one. What an import has done, and which rows it left out, stays on the page. */
export function TableCard({ cabinetId, canWrite }: { cabinetId: string; canWrite: boolean }) {
  const { t, i18n } = useTranslation('replies')
  const [says, setSays] = useState<Says>()
  const client = useQueryClient()
  const forget = useRef<() => void>(null)
  const words = useNoTable()
  const bring = useAct(async (file: File) => {
    const body = new FormData()
    body.set('file', file)
    setSays(undefined)
    try {
      setSays({ imported: await callDesk('POST /replies/import', { query: { cabinetId }, body }) })
      void client.invalidateQueries({ queryKey: ['desk', 'GET /replies'] })
    } catch (error) {
      const refused = words(error)
      if (refused === undefined) throw error
      setSays({ refused })
    } finally {
      forget.current?.() // the same file may be chosen once more
    }
  })
  return (
    <section className="card" aria-labelledby="replies-table">
      <h2 id="replies-table">{t('table')}</h2>
      <p className="muted">{t('tableHint')}</p>
      <div className="card-acts">
        {canWrite && (
          <FileButton resetRef={forget} accept=".csv,text/csv" onChange={file => file && void bring.run(file)}>
            {({ onClick }) => (
              <Button
                variant="default"
                leftSection={<IconUpload size={14} aria-hidden />}
                loading={bring.isPending}
                onClick={onClick}
              >
                {t('import')}
              </Button>
            )}
          </FileButton>
        )}
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          href={repliesCsvUrl(cabinetId, i18n.language)}
          download
        >
          {t('export')}
        </Button>
      </div>
      <div role="status" className="replies-says">
        {says && ('refused' in says ? <p>{says.refused}</p> : <Report imported={says.imported} />)}
      </div>
    </section>
  )
}

const listed = 20

function Report({ imported: { refused, ...counts } }: { imported: Imported }) {
  const { t } = useTranslation('replies')
  const more = refused.length - listed
  return (
    <>
      <p>{t('imported', counts)}</p>
      {refused.length > 0 && (
        <>
          <p>{t('refusedRows', { count: refused.length })}</p>
          <ul className="replies-refused">
            {refused.slice(0, listed).map(({ row, why }) => (
              <li key={row}>{t('refusedRow', { row, why: t(`why_${keyed(why)}`) })}</li>
            ))}
            {more > 0 && <li>{t('refusedMore', { count: more })}</li>}
          </ul>
        </>
      )}
    </>
  )
}

type Keyed<Text extends string> = Text extends `${infer One} ${infer Other}` ? `${One}_${Other}` : Text
const keyed = <Why extends string>(why: Why) => why.replace(' ', '_') as Keyed<Why> // one space at the most

const noTables = ['encoding', 'no columns', 'open quote', 'too many', 'tooLong'] as const

/** Why a whole table was refused; undefined if it was not for what is in it. */
function useNoTable() {
  const { t } = useTranslation('replies')
  return (error: unknown) => {
    if (!(error instanceof ProblemError) || error.status !== 422) return undefined
    const why = noTables.find(one => one === error.problem['why'])
    return why && t(`noTable_${keyed(why)}`, { row: Number(error.problem['row']) })
  }
}
