import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the log is JSON lines on standard error, without what an error of the database quotes', () => {
  const program = `
    import { makeLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))}
    const err = Object.assign(new Error('for "secret"'), { code: '23514', detail: 'Failing row contains (secret)' })
    const log = await makeLog('warn')
    log.warn({ err }, 'it failed')`

  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })

  expect(stdout).toBe('')
  expect(JSON.parse(stderr)).toMatchObject({
    msg: 'it failed',
    err: { name: 'Error', message: '23514', code: '23514' },
  })
  expect(stderr).not.toContain('secret')
})
