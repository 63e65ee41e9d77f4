import type { Bug } from './bug.ts'

const flow = (name: string, title: string) => ({ test: `test/flows/${name}.test.ts`, title })

/** In state files, recordings and replays. */
export const bugsInState: Bug[] = [
  {
    name: 'state-half-imported',
    file: 'src/market/state/import-state.ts',
    from: 'putState({ sql: transaction,',
    to: 'putState({ sql,',
    caughtBy: flow('state', 'leaves nothing behind'),
  },
  {
    name: 'seed-put-twice',
    file: 'src/market/state/import-state.ts',
    from: 'isOnce ? await findImported(transaction, print) : undefined',
    to: 'undefined',
    caughtBy: flow('state', 'a seed is put once'),
  },
  {
    name: 'state-of-chat-not-brought-about',
    file: 'src/market/state/put-chat.ts',
    from: 'actsTowards(chat) ?? []',
    to: '[] as never[]',
    caughtBy: flow('state', 'is exported there as the same'),
  },
  {
    name: 'file-outside-of-folder-sent',
    file: 'src/cli/state/read-file.ts',
    from: 'if (!real.startsWith(folder.endsWith(sep) ? folder : folder + sep))',
    to: "if (sep === '')",
    caughtBy: flow('cli-state', 'no file outside of its folder'),
  },
  {
    name: 'name-told-after-text-recorded',
    file: 'src/cli/record/recorder/mask.ts',
    from: '    this.#learn(value)\n    return this.#masked',
    to: '    return this.#masked',
    caughtBy: { test: 'src/cli/record/recorder/mask.test.ts', title: 'customers get numbers' },
  },
  {
    name: 'orders-recorded',
    file: 'src/cli/record/recorder/find-operation.ts',
    from: "operations[name].tag === 'chats'",
    to: 'true',
    caughtBy: flow('record', 'a shop works through the recorder'),
  },
  {
    name: 'call-goes-on-without-caller',
    file: 'src/cli/record/recorder/proxy.ts',
    from: "    tell({ failure: 'aborted' })\n    upstream.destroy()",
    to: "    tell({ failure: 'aborted' })",
    caughtBy: flow('record', 'who hangs up'),
  },
]
