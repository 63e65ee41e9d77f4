import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, onTestFinished, test } from 'vitest'
import { readAnew } from './news.ts'

test('news that comes faster than answers does not keep a list from being read, and its last news is read', async () => {
  const answers: ((value: number) => void)[] = []
  let asked = 0
  const client = new QueryClient()
  const observer = new QueryObserver(client, {
    queryKey: ['chats'],
    queryFn: () => new Promise<number>(resolve => answers.push(resolve)).then(() => ++asked),
    meta: { topics: ['views'] },
  })
  const seen: (number | undefined)[] = []
  onTestFinished(observer.subscribe(({ data }) => void (seen.at(-1) !== data && seen.push(data))))
  const answer = async (n: number) => {
    await expect.poll(() => answers.length).toBe(n)
    answers[n - 1]?.(n)
  }
  await answer(1)
  await expect.poll(() => seen.at(-1)).toBe(1)

  readAnew(client, ['views'])
  await expect.poll(() => answers.length).toBe(2)
  for (let n = 0; n < 5; n++) {
    readAnew(client, ['views'])
    await Promise.resolve()
  }
  await answer(2)

  await answer(3)
  await expect.poll(() => seen.at(-1)).toBe(3)
  expect(answers).toHaveLength(3)
})
