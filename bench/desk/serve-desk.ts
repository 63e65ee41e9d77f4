/** A child process with a desk on a database. It makes links to sign in, and tells how much memory it holds. */
import { makeLog, systemClock } from '#kit'
import { startDesk } from '../../src/desk/start-desk.ts'

const [databaseUrl = '', filesFolder = '', secret = ''] = process.argv.slice(2)

const { url, ownerLink, desk, stop } = await startDesk({
  ...{ host: '127.0.0.1', port: 0, databaseUrl, filesFolder, secret },
  ...{ version: 'bench', clock: systemClock, log: await makeLog('warn') },
})

type Asked = 'link' | 'memory' | 'stop' | { connect: { baseUrl: string; apiKey: string; businessId: string } }

async function answer(asked: Asked): Promise<object> {
  if (asked === 'link') return { link: await ownerLink() }
  if (asked === 'memory') return { residentBytes: process.memoryUsage.rss() }
  if (asked === 'stop') return stop().then(() => process.exit(0))
  const { businessId, ...place } = asked.connect
  const added = await desk.cabinets.add({ ...place, businessId: BigInt(businessId) })
  if (added.outcome !== 'added') throw new Error(`the cabinet was not added: ${added.outcome}`)
  const path = await desk.cabinets.notificationPath(added.cabinet.cabinetId)
  return { cabinetId: `${added.cabinet.cabinetId}`, notifications: `${url}${path}` }
}

// What every message of the parent is.
process.on('message', (asked: Asked) => void answer(asked).then(answered => process.send?.(answered)))
process.send?.({ url })
