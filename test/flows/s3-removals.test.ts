/** Somebody removes a file that nobody names while somebody else sends the same content again. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type BusinessId, idFrom } from '#contract'
import { makeChance } from '../../src/kit/chance.ts'
import { S3Client } from '../../src/market/files/s3/s3-client.ts'
import { contentOf, plant, useS3 } from '../support/s3-store.ts'
import { setSavedAt } from '../support/stored-file.ts'

const s3 = useS3()
const businessId = idFrom<BusinessId>('7')
const hourMs = 60 * 60_000
const hourAgo = () => new Date(Date.now() - hourMs)
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const keyOf = (text: string) => `${s3.place.prefix}${businessId}/${hashOf(text).slice(0, 2)}/${hashOf(text)}`
const pathOf = (text: string) => s3.pathOf(keyOf(text))
const isThere = (text: string) => existsSync(pathOf(text))
const marksOf = (text: string) =>
  readdirSync(s3.folder, { recursive: true, encoding: 'utf8' }).filter(
    name => name.includes(`${hashOf(text)}.removal-`) && name.endsWith('_object'),
  )
const remove = (text: string, store = s3.store) => store.removeOlder(businessId, hashOf(text), hourAgo())
const save = (text: string, store = s3.store) => store.save(businessId, contentOf(text))

/** Stores a file as if that had been two hours ago. */
async function saveOld(text: string): Promise<void> {
  await save(text)
  setSavedAt(pathOf(text), new Date(Date.now() - 2 * hourMs))
}

test('a file is removed if it is old, by whoever asks first, and nothing else is left', async () => {
  await saveOld('old')
  await save('young')

  expect([await remove('old'), await remove('old'), await remove('young')]).toEqual([true, false, false])
  expect([isThere('old'), isThere('young')]).toEqual([false, true])
  expect([marksOf('old'), marksOf('young')]).toEqual([[], []])
})

test('content that is sent before the look at its age stays', async () => {
  await saveOld('before the look')
  let isLate = false
  s3.front.meet = async ({ method, key }, forward) => {
    const isMarking = method === 'PUT' && key.includes('.removal-')
    if (isMarking && !isLate) {
      isLate = true
      await save('before the look')
    }
    return forward()
  }

  expect(await remove('before the look')).toBe(false)
  expect(isThere('before the look')).toBe(true)
})

test('content that is sent between the look at its age and its removal is there when its sender is told so', async () => {
  await saveOld('after the look')
  const { promise: looked, resolve: hasLooked } = Promise.withResolvers<void>()
  let saving: ReturnType<typeof save> | undefined
  const seen: boolean[] = []
  s3.front.meet = async ({ method, key, query }, forward) => {
    const isRemoval = method === 'DELETE' && key === keyOf('after the look')
    if (isRemoval) {
      saving = save('after the look')
      await looked
    }
    const answer = await forward()
    if (saving && query.has('list-type')) hasLooked()
    if (isRemoval) seen.push(isThere('after the look'))
    return answer
  }

  expect(await remove('after the look')).toBe(true)
  await saving

  expect(seen).toEqual([false])
  expect(isThere('after the look')).toBe(true)
})

test('a removal that comes late is not done: S3 takes it for twenty seconds from its mark', async () => {
  await saveOld('late')
  await remove('late')
  const removal = s3.front.asked.find(({ method, key }) => method === 'DELETE' && key === keyOf('late'))
  await saveOld('late')
  const client = new S3Client(s3.place)
  const removeAt = (secondsAgo: number) => {
    const from = new Date(Date.now() - secondsAgo * 1000)
    return client.ask({ method: 'DELETE', key: keyOf('late'), valid: { from, seconds: 20 } })
  }

  expect(removal?.query.get('X-Amz-Expires')).toBe('20')
  await expect(removeAt(22)).rejects.toMatchObject({ status: 403, code: 'AccessDenied' })
  expect(isThere('late')).toBe(true)
  await removeAt(1)
  expect(isThere('late')).toBe(false)
})

test('while a remover that died may still remove, a sender is refused; after that the file is stored', async () => {
  s3.front.meet = async ({ method, key }, forward) =>
    method === 'DELETE' && key === keyOf('of a dead one') ? 'cut' : forward()
  await saveOld('of a dead one')
  await expect(remove('of a dead one')).rejects.toMatchObject({ name: 'S3Error', code: 'ECONNRESET' })
  const [mark = ''] = marksOf('of a dead one')

  const refused = save('of a dead one', s3.makeStore({ removalMs: 100 }))
  await expect(refused).rejects.toMatchObject({ name: 'S3Error', code: 'it is being removed' })
  setSavedAt(join(s3.folder, mark), new Date(Date.now() - 31_000))
  await save('of a dead one')

  expect(isThere('of a dead one')).toBe(true)
})

test('a mark that was left is removed by a sweep an hour later', async () => {
  const mark = `${keyOf('marked')}.removal-00000000-0000-4000-8000-000000000000`
  const [old, young] = [plant(s3, mark), plant(s3, mark.replace('4000', '4001'))]
  setSavedAt(old, new Date(Date.now() - 2 * hourMs))

  await Array.fromAsync(s3.store.listOlder(hourAgo()))

  expect([existsSync(old), existsSync(young)]).toEqual([false, true])
})

test('whatever two removers and three senders do at once, what a sender was told to be stored is there', async () => {
  const chance = makeChance('removals')
  const processes = [1, 2, 3].map(() => s3.makeStore())
  let removed = 0
  for (let round = 0; round < 12; round++) {
    s3.front.meet = (_asked, forward) => forward()
    await saveOld('contested')
    const { promise: removing, resolve: isRemoving } = Promise.withResolvers<void>()
    s3.front.meet = async ({ method, key }, forward) => {
      const isRemoval = method === 'DELETE' && key === keyOf('contested')
      if (isRemoval) isRemoving()
      // A removal is on its way for as long as it takes to store a file.
      await wait(chance.between(0, isRemoval ? 200 : 15))
      const answer = await forward()
      await wait(chance.between(0, 15))
      return answer
    }
    const removals = processes.slice(0, 2).map(async store => {
      await wait(chance.between(0, 40))
      return remove('contested', store)
    })
    const senders = processes.map(async store => {
      // In some rounds for sure after the look at the file's age.
      if (round % 4 === 0) await removing
      else await wait(chance.between(0, 60))
      await save('contested', store)
      expect(isThere('contested'), `round ${round}, when the sender was told`).toBe(true)
    })
    removed += (await Promise.all(removals)).filter(Boolean).length
    await Promise.all(senders)
    expect(isThere('contested'), `round ${round}, in the end`).toBe(true)
  }
  expect(removed, 'removals that came about').toBeGreaterThanOrEqual(3)
})
