import { parseArgs } from 'node:util'
import { bugs } from './bugs/bugs.ts'
import { hunt } from './bugs/hunt.ts'

/** `npm run prove:bugs`: plants one bug after the other, and looks whether what is said to catch it does. */
try {
  const { values } = parseArgs({ options: { only: { type: 'string' }, 'at-once': { type: 'string', default: '2' } } })
  const wanted = bugs.filter(({ name }) => values.only === undefined || values.only.split(',').includes(name))
  if (wanted.length === 0) throw new Error(`There is no bug of the name ${values.only}.`)
  const atOnce = Number(values['at-once'])
  if (!Number.isInteger(atOnce) || atOnce < 1) throw new Error('--at-once is a whole number from 1.')

  const begun = performance.now()
  const missed = await hunt({ bugs: wanted, atOnce, say: line => console.log(line) })
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  console.log(`${wanted.length - missed.length} caught of ${wanted.length} planted, in ${seconds} s`)
  for (const { name } of missed) console.log(`not caught: ${name}`)
  if (missed.length > 0) process.exitCode = 1
} catch (error) {
  console.error(`prove: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
