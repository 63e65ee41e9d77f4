import type { Bus } from '../live/bus.ts'
import type { NewRequest } from '../store/requests.ts'

const tellEveryMs = 250

/** Tells that the logs of businesses have grown: at once, then at most four times a second. */
export function makeTeller(bus: Bus): (written: readonly NewRequest[]) => void {
  let changed = new Set<string>()
  let pause: NodeJS.Timeout | undefined
  const tell = () => {
    pause = changed.size > 0 ? setTimeout(tell, tellEveryMs).unref() : undefined
    for (const businessId of changed) bus.publish({ about: 'requests', businessId })
    changed = new Set()
  }
  return written => {
    for (const { businessId } of written) changed.add(businessId)
    if (pause === undefined) tell()
  }
}
