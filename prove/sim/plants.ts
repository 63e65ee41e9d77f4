import { createHash } from 'node:crypto'
import { headers } from '#contract'
import type { Planted } from './play.ts'

/** Happens to one text in so many. */
const isChosen = (text: string, oneIn: number) => (createHash('sha256').update(text).digest()[0] ?? 0) % oneIn === 0

/** `finds`: what the checks say. `from`: where to begin, for one that only a few stories show. */
type Plant = { as: Planted; finds: RegExp; from?: number }

/** What a test breaks on purpose. */
export const plants: Record<string, Plant> = {
  'a store that keeps the mark before the messages': {
    as: {
      store: (store, process) => ({
        ...store,
        async putMessages(chatId, messages, mark) {
          await store.putMessages(chatId, [], mark)
          await process.wait(15_000)
          return store.putMessages(chatId, messages, mark)
        },
      }),
    },
    finds: /^C7 the mirror of business \d+ lacks message/,
    // The first of all: a message that was lost is found again by the next reading of its chat.
    from: 17,
  },
  'a deliverer that forgets a delivery': {
    as: {
      send: send => async (target, notice) =>
        isChosen(notice.id, 4) ? { outcome: 'delivered', status: 200, durationMs: 1 } : send(target, notice),
    },
    finds: /^C5 subscription \d+ was never told of message/,
  },
  'a market that announces idempotency keys and ignores them': {
    as: {
      serve: serve => request => {
        const { [headers.idempotencyKey]: _ignored, ...others } = request.headers
        return serve({ ...request, headers: others })
      },
    },
    finds: /^C[13] a text of a shop .* is there 2 times/,
  },
  'a market that refuses a message as closed, and writes it all the same': {
    as: {
      serve: serve => async request => {
        const answer = await serve(request)
        if (!request.body.includes('"message"') || !isChosen(request.body, 4)) return answer
        const body = '{"status":"ERROR","errors":[{"code":"BAD_REQUEST","message":"The chat is closed"}]}'
        return { status: 400, headers: { 'content-type': 'application/json' }, body }
      },
    },
    finds: /^C2 a text of a shop .* is there 1 time/,
  },
  'a market that answers before it has committed, and dies in between': {
    as: {
      serve: serve => async request =>
        request.body.includes('"message"') && isChosen(request.body, 4)
          ? { status: 200, headers: { 'content-type': 'application/json' }, body: '{"status":"OK"}' }
          : serve(request),
    },
    finds: /^C1 a text of a shop .* is there 0 times/,
  },
}
