import type { IncomingHttpHeaders } from 'node:http'
import type { Sql } from '#database'
import { mayAdminRead } from './admin/access/admit.ts'
import type { BuyerTokens } from './buyers/buyer-token.ts'
import { mayCustomerRead } from './buyers/may-customer-read.ts'
import type { ConsoleSessions } from './console/sessions.ts'
import type { FileKey } from './files/register-files.ts'
import type { Keyring } from './keys/keyring.ts'
import { mayKeyRead } from './published/authenticate.ts'
import type { AdminToken } from './tokens/admin-token.ts'

type Needs = {
  sql: Sql
  keyring: Keyring
  buyerTokens: BuyerTokens
  adminToken: AdminToken
  consoleSessions: ConsoleSessions
}

/**
 * Files are for the admin and the console, for the chat's customer, and for keys of the business. Names which of them reads:
 * each has its own bound of open files. Undefined for everybody else.
 */
export async function findFileReader(
  needs: Needs,
  headers: IncomingHttpHeaders,
  key: FileKey,
): Promise<string | undefined> {
  if (await mayAdminRead(headers, needs)) return 'admin'
  const customer = await mayCustomerRead(headers, key, needs)
  if (customer) return customer.mayRead ? `customer ${customer.customerId}` : undefined
  return (await mayKeyRead(needs.keyring, headers, key.businessId)) ? `business ${key.businessId}` : undefined
}
