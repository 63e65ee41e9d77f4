import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** They take longest, mostly by waiting. Whatever began one of them last would end long after all else. */
const longest = [
  'test/flows/notification-kills.test.ts',
  'test/flows/cli-shop-export.test.ts',
  'test/browser/lab.test.ts',
  'test/flows/commands.test.ts',
]

/** Vitest knows how long a file takes only after its first run on a machine; until then it goes by size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification) => longest.findIndex(path => moduleId.endsWith(`/${path}`))
    const [first, rest] = [sorted.filter(file => rank(file) >= 0), sorted.filter(file => rank(file) < 0)]
    return [...first.toSorted((a, b) => rank(a) - rank(b)), ...rest]
  }
}
