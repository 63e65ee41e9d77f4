import type { TestMarket } from '../../test/support/test-market.ts'
import type { Tenant } from './tenant.ts'

/** A digest of all rows of a tenant, by table. */
export async function digestOf({ sql, running }: TestMarket, { scene, buyer }: Tenant): Promise<Map<string, string>> {
  const { keyring, queryLog } = running.market
  await keyring.saveUses()
  await queryLog?.flush()
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
     where table_schema = 'market' and column_name = 'business_id' order by table_name`
  const parts = [
    ...tables.map(({ name }) => digest(name, `business_id = ${scene.businessId}`)),
    digest('customers', `public_id = '${buyer.publicId}'`),
  ]
  const { rows } = (await sql.unsafe(parts.join(' union all '))) as { rows: { name: string; digest: string }[] } // by its text
  return new Map(rows.map(row => [row.name, row.digest]))
}

function digest(table: string, where: string): string {
  return `select '${table}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
            from market.${table} t where ${where}`
}
