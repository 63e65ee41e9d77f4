import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { codeOf, Problem, systemClock } from '#kit'
import { Interrupt } from '../../terminal/interrupt.ts'
import { print } from '../../terminal/print.ts'
import type { Texts } from '../../texts/index.ts'
import { Mask } from './mask.ts'
import { makeProxy } from './proxy.ts'
import { type Exchange, RecordingFile } from './recording.ts'

type Flags = { to: string; target: URL; port: number }

/** Records what passes until Ctrl-C. Listens on this machine alone: whoever calls it calls the target. */
export async function record({ to, target, port }: Flags, texts: Texts): Promise<void> {
  using interrupt = new Interrupt()
  const file = await RecordingFile.create(
    to,
    { target: target.origin, startedAt: systemClock.now().toISOString() },
    texts,
  )
  let count = 0
  const server = makeProxy({
    target,
    mask: new Mask(),
    clock: systemClock,
    onExchange: exchange => {
      file.write(exchange)
      count += 1
      print(lineOf(exchange))
    },
  })
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening').catch(error => {
      throw new Problem(texts.record.noPort(port, codeOf(error) ?? String(error)), { cause: error })
    })
    const { port: taken } = server.address() as AddressInfo // it listens on TCP
    print(texts.record.ready(`http://127.0.0.1:${taken}`, target.origin, to))
    await interrupt.come()
  } finally {
    server.close()
    server.closeAllConnections()
    await file.close()
  }
  print(texts.record.done(to, texts.record.exchanges(count)))
}

function lineOf({ operation, method, url, status, failure, durationMs }: Exchange): string {
  const [path = ''] = url.split('?')
  return `${(operation ?? `${method} ${path}`).padEnd(24)} →  ${failure ?? status}  ${durationMs} ms`
}
