import type { Bug } from './bug.ts'

const lock = 'src/database/private-postgres/lock'
const flow = (name: string, title: string) => ({ test: `test/flows/${name}.test.ts`, title })
const beside = (name: string, title?: string) => ({ test: `src/${name}.test.ts`, ...(title && { title }) })

/** In what all rooms stand on: the contract's numbers, serving, the kit, the lock of a data folder. */
export const bugsInFoundation: Bug[] = [
  {
    name: 'ids-as-numbers',
    file: 'src/contract/json.ts',
    from: '/\\d{16}/.test(text) ? losslessly(text) : JSON.parse(text)',
    to: 'JSON.parse(text)',
    caughtBy: beside('contract/json'),
  },
  {
    name: 'ids-beyond-64-bits',
    file: 'src/contract/ids.ts',
    from: 'return value <= maxInt64 && value >= -maxInt64 - 1n ? value : undefined',
    to: 'return value',
    caughtBy: beside('contract/ids'),
  },
  {
    name: 'names-behind-a-pooler',
    file: 'src/database/connect.ts',
    from: 'line.isDirect = !(await admit(client, settings)).isPooled',
    to: 'await admit(client, settings)\n    line.isDirect = true',
    caughtBy: flow('pooler', 'every operation works behind a pooler'),
  },
  {
    name: 'reads-from-a-standby',
    file: 'src/database/admit.ts',
    from: "if (backend?.readOnly === 'on') throw",
    to: 'if (false) throw',
    caughtBy: flow('standby', 'nothing is answered from its standby'),
  },
  {
    name: 'page-token-without-seal',
    file: 'src/serving/page-token.ts',
    from: 'if (!timingSafeEqual(bytes.subarray(0, macBytes), this.#mac(owner, payload))) return undefined',
    to: '',
    caughtBy: beside('serving/page-token'),
  },
  {
    name: 'page-token-of-anybody',
    file: 'src/serving/page-token.ts',
    from: '.update(bound).update(payload)',
    to: '.update(bound.subarray(0, 0)).update(payload)',
    caughtBy: beside('serving/page-token'),
  },
  {
    name: 'body-is-no-utf8',
    file: 'src/serving/body.ts',
    from: "new TextDecoder('utf-8', { fatal: true })",
    to: "new TextDecoder('utf-8')",
    caughtBy: flow('refusals', 'bytes that are not UTF-8'),
  },
  {
    name: 'token-never-over',
    file: 'src/serving/signed-tokens.ts',
    from: 'currentDate: clock.now(),',
    to: 'currentDate: new Date(0),',
    caughtBy: flow('buyers', 'a token is over after thirty days'),
  },
  {
    name: 'lock-of-the-living-removed',
    file: `${lock}/folder-lock.ts`,
    from: 'if (isOwnerAlive(owner)) throw inUse(folder, owner)',
    to: '',
    caughtBy: beside('database/private-postgres/lock/folder-lock', 'a locked folder is refused'),
  },
  {
    name: 'lock-of-another-process',
    file: `${lock}/lock-owner.ts`,
    from: "return mark === '' || markNow === undefined || mark === markNow",
    to: 'return true',
    caughtBy: beside('database/private-postgres/lock/folder-lock'),
  },
  {
    name: 'lock-of-another-released',
    file: `${lock}/lock-file.ts`,
    from: 'if (this.isOurs()) unlinkSync(this.#path)',
    to: 'unlinkSync(this.#path)',
    caughtBy: beside('database/private-postgres/lock/folder-lock', 'leaves the lock of a later owner alone'),
  },
  {
    name: 'place-given-twice',
    file: 'src/kit/flow/at-most.ts',
    from: '      else this.#free++',
    to: '      this.#free++',
    caughtBy: beside('kit/flow/at-most'),
  },
  {
    name: 'ask-in-the-middle-forgotten',
    file: 'src/kit/flow/coalesce.ts',
    from: 'if (this.#running) this.#isAskedAgain = true\n    else this',
    to: 'if (!this.#running) this',
    caughtBy: beside('kit/flow/coalesce'),
  },
  {
    name: 'tried-alone-while-away',
    file: 'src/kit/flow/batcher.ts',
    from: 'if (batch.length === 1 || this.#options.isAboutAll(error))',
    to: 'if (batch.length === 1)',
    caughtBy: beside('kit/flow/batcher'),
  },
  {
    name: 'batch-out-of-order',
    file: 'src/kit/flow/batcher.ts',
    from: 'if (compare) batch.sort((a, b) => compare(a.item, b.item))',
    to: '',
    caughtBy: beside('kit/flow/batcher'),
  },
]
