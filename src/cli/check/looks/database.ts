import { isGuessable } from './guessable.ts'
import { error, good, type Look, ofDatabase, warning } from './look.ts'

const oldestVersion = 15
// insufficient_privilege
const notAllowed = '42501'
const smallCacheBytes = 1024 ** 3
const timesOfCache = 4
const clockWarningMs = 1_000
// A chat's times follow a clock that was ahead by more than this when it steps back (decision 027).
const clockErrorMs = 10_000

export const lookAtDatabase: Look = ({ database }, { found }) => {
  if (database.state === 'private') return warning(found.privateDatabase, found.privateDatabaseFix)
  if (database.state === 'unreadable') return error(found.databaseUnreadable, found.databaseUnreadableFix)
  if (database.state === 'away')
    return error(database.why, database.code === notAllowed ? found.databaseForbiddenFix : found.databaseAwayFix)
  if (database.facts.isReplica) return error(found.replica, found.replicaFix)
  if (database.facts.isOthers) return error(found.othersDatabase, found.othersDatabaseFix)
  return good(found.databaseAnswers(decodeURIComponent(database.url.host)))
}

export const lookAtVersion = ofDatabase(({ version }, { found }) => {
  const major = Math.floor(version / 10_000)
  return major < oldestVersion
    ? error(found.version(major), found.versionFix(oldestVersion))
    : good(found.version(major))
})

export const lookAtDurability = ofDatabase(({ switchedOff }, { found }) =>
  switchedOff.length > 0 ? error(found.switchedOff(switchedOff.join(', ')), found.switchedOffFix) : good(found.durable),
)

export const lookAtRole = ofDatabase(({ isSuperuser, mayCreate }, { found }) => {
  if (!mayCreate) return error(found.mayNotCreate, found.mayNotCreateFix)
  return isSuperuser ? warning(found.superuser, found.superuserFix) : good(found.role)
})

export const lookAtEncoding = ofDatabase(({ encoding }, { found }) =>
  encoding === 'UTF8' ? good(encoding) : error(found.encoding(encoding), found.encodingFix),
)

/** A second process must fit beside the first: an update runs both for a while. */
export const lookAtConnections = ofDatabase(({ connectionsAllowed: all, connectionsOfProcess: each }, { found }) => {
  if (all < each) return error(found.connections(all, each), found.connectionsFix)
  return all < 2 * each
    ? warning(found.connections(all, each), found.connectionsOfUpdate)
    : good(found.connections(all, each))
})

/** PostgreSQL's default holds the pages of a small database; of a large one, lists read most of theirs from outside it. */
export const lookAtCache = ofDatabase(({ cacheBytes, databaseBytes }, { found }) => {
  const told = found.cache(cacheBytes, databaseBytes)
  const isSmall = cacheBytes < smallCacheBytes && databaseBytes > timesOfCache * cacheBytes
  return isSmall ? warning(told, found.cacheFix) : good(told)
})

export const lookAtClock = ofDatabase(({ clockAheadMs }, { found }) => {
  const apartMs = Math.abs(clockAheadMs)
  if (apartMs < clockWarningMs) return good(found.clockAgrees)
  const told = found.clockApart(Math.round(apartMs / 1000), clockAheadMs > 0)
  return apartMs > clockErrorMs ? error(told, found.clockFix) : warning(told, found.clockFix)
})

export const lookAtDatabaseTls = ofDatabase(({ isEncrypted }, { found }, { place, url }) => {
  if (place === 'local') return good(found.localDatabase)
  if (!isEncrypted) return (place === 'public' ? error : warning)(found.plainDatabase, found.plainDatabaseFix)
  return isUnverified(url) ? warning(found.unverifiedDatabase, found.plainDatabaseFix) : good(found.encryptedDatabase)
})

/** How the driver understands a URL: only these leave the certificate unread. */
function isUnverified({ searchParams }: URL): boolean {
  const mode = searchParams.get('sslmode') ?? ''
  const isLikeLibpq = searchParams.get('uselibpqcompat') === 'true'
  return mode === 'no-verify' || (isLikeLibpq && ['prefer', 'require'].includes(mode))
}

/** It stands in the URL: whether the database answers makes no difference. */
export const lookAtDatabasePassword: Look = ({ database }, { found }) => {
  if (database.state !== 'there' && database.state !== 'away') return undefined
  const { place, url } = database
  const password = decodeURIComponent(url.password)
  const isKnown = password !== '' && (isGuessable(password) || password === decodeURIComponent(url.username))
  if (!isKnown) return good(password === '' ? found.noPassword : found.password)
  return (place === 'local' ? warning : error)(found.guessablePassword, found.guessablePasswordFix)
}
