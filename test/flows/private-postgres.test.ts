import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Problem } from '#kit'
import {
  isRunning,
  killHolder,
  passPidOn,
  readPostmaster,
  readProcessGroup,
  spawnStranger,
} from '../support/postgres-processes.ts'
import {
  copyPackage,
  keepNote,
  makeClosedFolder,
  makeDataFolder,
  makeOpenFolder,
  query,
  readNotes,
  start,
} from '../support/private-postgres.ts'

const isRoot = process.getuid?.() === 0

test('the first start creates the files, a later one finds the data again', async () => {
  const dataDir = makeOpenFolder()
  const first = await start({ dataDir })
  await keepNote(first, 'kept')
  await first.stop()

  const second = await start({ dataDir })

  expect([first.isNew, second.isNew]).toEqual([true, false])
  expect(second.where).toBe(dataDir)
  expect(await readNotes(second)).toEqual(['kept'])
})

test('it listens on no network, writes through to the disk, and knows the case of Cyrillic letters', async () => {
  const server = await start({ dataDir: makeDataFolder(), settings: { work_mem: '7MB' } })

  const asked = query(
    server,
    sql => sql`
    select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
      current_setting('work_mem') as given, 'Привет' ilike 'пРИВЕТ' as folds, 'Я' < 'а' as "sortsByCode"`,
  )

  expect(await asked).toEqual([{ addresses: '', fsync: 'on', given: '7MB', folds: true, sortsByCode: true }])
  expect(statSync(server.socketDir).mode & 0o077).toBe(0)
})

test('it is not of our process group, to which Ctrl-C goes, and is gone once stopped', async () => {
  const dataDir = makeDataFolder()
  const server = await start({ dataDir })
  const { pid } = readPostmaster(dataDir)
  const group = readProcessGroup(pid)

  server.stop()
  await server.stop()

  expect(group).toBe(pid)
  expect(isRunning(pid)).toBe(false)
  expect(readdirSync(dataDir).sort()).toEqual(['cluster', 'postgres.log'])
  expect(existsSync(server.socketDir)).toBe(false)
})

test('a folder in use is refused by name and process', async () => {
  const dataDir = makeDataFolder()
  await start({ dataDir })

  const again = start({ dataDir })

  await expect(again).rejects.toThrow(Problem)
  await expect(again).rejects.toThrow(`${dataDir} is in use by process ${process.pid} of `)
})

test('what a killed process committed survives, and its orphaned PostgreSQL is taken over', async () => {
  const dataDir = makeDataFolder()
  const orphan = await killHolder(dataDir, 'committed before the kill')

  const server = await start({ dataDir })

  expect(server.isNew).toBe(false)
  expect(await readNotes(server)).toEqual(['committed before the kill'])
  expect(readPostmaster(dataDir).pid).not.toBe(orphan.pid)
  expect(existsSync(orphan.socketDir)).toBe(false)
})

test('what was committed survives also when PostgreSQL is killed together with our process', async () => {
  const dataDir = makeDataFolder()
  const orphan = await killHolder(dataDir, 'committed before both were killed')
  process.kill(orphan.pid, 'SIGKILL')

  const server = await start({ dataDir })

  expect(await readNotes(server)).toEqual(['committed before both were killed'])
})

test('a process id that has passed on to another program does not keep PostgreSQL from starting', async () => {
  const dataDir = makeDataFolder()
  const orphan = await killHolder(dataDir, 'kept')
  const stranger = spawnStranger(dataDir)
  process.kill(orphan.pid, 'SIGKILL')
  await expect.poll(() => isRunning(orphan.pid)).toBe(false)
  passPidOn(dataDir, stranger.pid)

  const server = await start({ dataDir })

  expect(await readNotes(server)).toEqual(['kept'])
  expect(stranger.hasEnded()).toBe(false)
})

test('files half made when the process was killed are made again', async () => {
  const dataDir = makeOpenFolder()
  mkdirSync(join(dataDir, 'cluster.unfinished-Ab12Cd'))
  writeFileSync(join(dataDir, 'cluster.unfinished-Ab12Cd', 'PG_VERSION'), '18\n')

  const server = await start({ dataDir })

  expect(server.isNew).toBe(true)
  expect(readdirSync(dataDir).sort()).toEqual(['cluster', 'lock', 'postgres.fifo', 'postgres.log'])
})

test('a PostgreSQL that dies is started again under the same URL, with what was committed, and the log says so', async () => {
  const dataDir = makeDataFolder()
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const server = await start({ dataDir, log })
  await keepNote(server, 'kept')
  const { pid } = readPostmaster(dataDir)
  process.kill(pid, 'SIGKILL')

  await expect.poll(() => lines.length, { timeout: 30_000 }).toBe(2)
  expect(await readNotes(server)).toEqual(['kept'])
  expect(readPostmaster(dataDir).pid).not.toBe(pid)
  expect(lines).toEqual([
    expect.stringContaining('PostgreSQL has died and is started again'),
    expect.stringMatching(/"afterSeconds":[\d.]+,"msg":"PostgreSQL runs again"/),
  ])
})

test('one that does not start again is given up in one line, and none is told of that was stopped', async () => {
  const dataDir = makeDataFolder()
  const server = await start({ dataDir, patienceMs: 1 })
  const ended = new Promise<Problem>(resolve => server.onEnd(resolve))
  const version = join(dataDir, 'cluster', 'PG_VERSION')
  writeFileSync(version, '1\n')
  process.kill(readPostmaster(dataDir).pid, 'SIGQUIT')
  const { message } = await ended
  await server.stop()
  writeFileSync(version, '18\n')

  const next = await start({ dataDir })
  let isTold = false
  next.onEnd(() => {
    isTold = true
  })
  await next.stop()

  expect(message).toMatch(/^PostgreSQL has died and does not start again: .* \(more in .*postgres\.log\)$/)
  expect(isTold).toBe(false)
})

test('a disk that stays full is named in one line', async () => {
  const dataDir = makeDataFolder()
  const server = await start({ dataDir, patienceMs: 0 })
  const ended = new Promise<Problem>(resolve => server.onEnd(resolve))
  appendFileSync(join(dataDir, 'postgres.log'), 'PANIC:  could not write to file "pg_wal/x": No space left on device\n')
  process.kill(readPostmaster(dataDir).pid, 'SIGKILL')

  expect((await ended).message).toMatch(/^The disk is full and PostgreSQL has stopped: free some space, /)
})

test('a folder that somebody else has taken is left at once: PostgreSQL is killed and not started again', async () => {
  const dataDir = makeDataFolder()
  const server = await start({ dataDir })
  const ended = new Promise<Problem>(resolve => server.onEnd(resolve))
  const { pid } = readPostmaster(dataDir)
  const theirs = { pid: 7, host: 'web-2', place: 'elsewhere' }
  writeFileSync(join(dataDir, 'theirs'), JSON.stringify(theirs))
  renameSync(join(dataDir, 'theirs'), join(dataDir, 'lock'))

  expect((await ended).message).toContain('was taken over by process 7 of web-2')
  await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false)
  // Its last touch would be to remove this file, which by now is another's.
  expect(readPostmaster(dataDir).pid).toBe(pid)
})

test('a setting that PostgreSQL refuses is named in one line, and the folder is free again', async () => {
  const dataDir = makeOpenFolder()

  const refused = start({ dataDir, settings: { max_connections: 'many' } })

  await expect(refused).rejects.toThrow(Problem)
  await expect(refused).rejects.toThrow(
    /^PostgreSQL did not start: invalid value for parameter "max_connections": "many" \(more in .*postgres\.log\)$/,
  )
  expect((await start({ dataDir })).isNew).toBe(false)
})

test('a data folder that is a file is refused in one line', async () => {
  const file = join(makeOpenFolder(), 'file')
  writeFileSync(file, '')

  const refused = start({ dataDir: file })

  await expect(refused).rejects.toThrow(Problem)
  await expect(refused).rejects.toThrow('it is not a folder: give another data folder')
})

describe.runIf(isRoot)('as root, PostgreSQL runs as somebody who cannot enter our folders', () => {
  test('the data goes to a shared folder, in one line, and is found there even when the first folder opens later', async () => {
    const [dataDir, shared] = [join(makeClosedFolder(), 'data'), makeOpenFolder()]
    const lines: string[] = []
    const around = { sharedFolders: [shared] }
    const first = await start({ dataDir, say: line => lines.push(line) }, around)
    await keepNote(first, 'kept')
    await first.stop()

    chmodSync(dirname(dataDir), 0o755)
    const second = await start({ dataDir }, around)

    expect(second.where).toMatch(new RegExp(`^${shared}/data-[0-9a-f]{8}$`))
    expect(lines).toEqual([
      // The programs come along if this checkout is closed as well.
      expect.stringMatching(
        `^PostgreSQL runs as \\w+, who cannot enter ${dataDir}: its files are in ${second.where}(, its programs in ${shared}/postgresql-\\S+)?$`,
      ),
    ])
    expect(await readNotes(second)).toEqual(['kept'])
  })

  test('a folder that was renamed finds its data again, and a copy of it is refused', async () => {
    const [closed, shared] = [makeClosedFolder(), makeOpenFolder()]
    const [dataDir, renamed, copy] = [join(closed, 'data'), join(closed, 'renamed'), join(closed, 'copy')]
    const around = { sharedFolders: [shared] }
    const first = await start({ dataDir }, around)
    await keepNote(first, 'kept')
    await first.stop()
    renameSync(dataDir, renamed)
    const second = await start({ dataDir: renamed }, around)
    const notes = await readNotes(second)
    await second.stop()
    cpSync(renamed, copy, { recursive: true })

    const refused = start({ dataDir: copy }, around)

    expect(second.where).toBe(first.where)
    expect(notes).toEqual(['kept'])
    await expect(refused).rejects.toThrow(Problem)
    await expect(refused).rejects.toThrow(
      `${copy} is a copy of ${renamed}, and the database of both is in ${first.where}`,
    )
    // What is made at the former path has a database of its own.
    expect((await start({ dataDir }, around)).where).not.toBe(first.where)
  }, 180_000)

  test('where the files that a folder points to are gone, no new ones are made', async () => {
    const [dataDir, shared] = [join(makeClosedFolder(), 'data'), makeOpenFolder()]
    const around = { sharedFolders: [shared] }
    const first = await start({ dataDir }, around)
    await first.stop()
    renameSync(first.where, join(shared, 'away'))
    const refused = start({ dataDir }, around)
    await expect(refused).rejects.toThrow(
      `${dataDir} was used before, but its database is not in ${first.where}/cluster`,
    )

    renameSync(join(shared, 'away'), join(shared, 'data-restored'))

    expect((await start({ dataDir }, around)).where).toBe(join(shared, 'data-restored'))
  }, 180_000)

  test('programs out of reach and without their links are copied to a shared folder, once', async () => {
    const [dataDir, shared, packaged] = [makeDataFolder(), makeOpenFolder(), copyPackage(makeClosedFolder())]
    const lines: string[] = []
    const around = { packaged, sharedFolders: [shared] }
    const first = await start({ dataDir, say: line => lines.push(line) }, around)
    await first.stop()
    const [copy = ''] = readdirSync(shared)
    const madeAt = statSync(join(shared, copy)).mtimeMs

    await start({ dataDir }, around)

    expect(first.where).toBe(dataDir)
    expect(lines).toEqual([expect.stringMatching(`cannot run the programs in .*: a copy is in ${join(shared, copy)}$`)])
    expect(readdirSync(shared)).toEqual([expect.stringMatching(/^postgresql-18\.\d/)])
    expect(statSync(join(shared, copy)).mtimeMs).toBe(madeAt)
  })
})

test.skipIf(isRoot)('a read-only package whose install script was not run is copied with its links', async () => {
  const [dataDir, shared, packaged] = [makeOpenFolder(), makeOpenFolder(), copyPackage(makeClosedFolder())]
  chmodSync(join(packaged, 'lib'), 0o555)
  onTestFinished(() => chmodSync(join(packaged, 'lib'), 0o755))

  const server = await start({ dataDir }, { packaged, sharedFolders: [shared] })

  expect(server.isNew).toBe(true)
  expect(readdirSync(shared)).toEqual([expect.stringMatching(/^postgresql-18\.\d/)])
})
