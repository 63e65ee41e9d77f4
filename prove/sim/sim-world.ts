import { type ChatStore, makeMemoryStore } from '#client'
import { makeChance } from '../../src/kit/chance.ts'
import { History } from '../evidence/history.ts'
import { makeActs } from './acts.ts'
import { describeStep } from './describe-step.ts'
import { makeFetch, Network, type Serve } from './network.ts'
import type { Figures, Planted } from './play.ts'
import { SimDeliverer } from './sim-deliverer.ts'
import type { SimMarket } from './sim-market.ts'
import { SimMirror } from './sim-mirror.ts'
import { SimProcess } from './sim-process.ts'
import { makeShops, type SimShop } from './sim-shops.ts'
import type { Step, Story } from './story.ts'
import { Trace } from './trace.ts'
import { VirtualTime } from './virtual-time.ts'

type Beginning = { startsAt: Date; planted: Planted; isTold: boolean }
type Place = { shop: SimShop; store: ChatStore; mirror: SimMirror | undefined; acts: ReturnType<typeof makeActs> }

/** Everything of one story: its time, its processes, what they did and saw. */
export class SimWorld {
  readonly time: VirtualTime
  readonly trace: Trace
  readonly history = new History()
  readonly shops: SimShop[] = []
  /** What ended that should not, or could not be told otherwise. */
  readonly failures: string[] = []
  readonly #market: SimMarket
  readonly #story: Story
  readonly #planted: Planted
  readonly #network: Network
  readonly #places: Place[] = []
  readonly #deliverers: (SimDeliverer | undefined)[] = []
  readonly #processes: SimProcess[] = []
  readonly #lives = new Map<string, number>()
  /** Starts again what has died. */
  readonly #operator: SimProcess
  readonly #startsAt: Date
  readonly #counts = { calls: 0, closed: 0, notifications: 0, crashes: 0, underWay: 0, statementsBefore: 0 }
  readonly #faults = new Map<string, number>()
  #areHintsLostUntilMs = 0
  #stopHearing = () => {}

  private constructor(market: SimMarket, story: Story, { startsAt, planted, isTold }: Beginning) {
    this.#market = market
    this.#story = story
    this.#planted = planted
    this.#startsAt = startsAt
    this.time = new VirtualTime(startsAt)
    this.#operator = this.#live('the operator')
    this.trace = new Trace(startsAt.getTime(), isTold)
    const wires = new SimProcess('the network', this.time, makeChance('sim', story.seed, 'wires'))
    this.#network = new Network({
      ...{ process: wires, travelMs: story.travelMs },
      onFault: (line, kind) => {
        this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1)
        this.trace.tell(this.time.nowMs, `  on the ${line} line: ${kind}`)
      },
    })
    this.#counts.statementsBefore = market.database.statements
    market.play({
      process: new SimProcess('the market', this.time, makeChance('sim', story.seed, 'market')),
      latency: { minMs: 0, maxMs: story.statementMs },
      onStatement: process => this.trace.note(this.time.nowMs, `${process.name}: a statement`),
    })
  }

  static async begin(market: SimMarket, story: Story, beginning: Beginning): Promise<SimWorld> {
    const world = new SimWorld(market, story, beginning)
    world.shops.push(...(await makeShops(market, story.seed, story.shops)))
    world.#stopHearing = market.bus.onEvent(event => {
      if (world.time.nowMs >= world.#areHintsLostUntilMs)
        for (const deliverer of world.#deliverers) deliverer?.hear(event)
    })
    for (const shop of world.shops) world.#settle(shop)
    for (let which = 0; which < story.deliverers; which++) world.#startDeliverer(which)
    return world
  }

  get mirrored(): { shop: SimShop; store: ChatStore }[] {
    return this.#places
  }

  async playSteps(): Promise<void> {
    const last = this.#story.steps.at(-1)
    for (const step of this.#story.steps) this.time.after(step.atMs, 'event', () => this.#perform(step))
    await this.time.run(this.#startsAt.getTime() + (last?.atMs ?? 0))
  }

  calmDown(): void {
    this.trace.tell(this.time.nowMs, 'from here on nothing goes wrong')
    this.#network.calmDown()
    this.#areHintsLostUntilMs = 0
  }

  async isAtRest(): Promise<boolean> {
    return this.#counts.underWay === 0 && (await this.#countOnTheirWay()) === 0 && (await this.#countUnread()) === 0
  }

  async restless(): Promise<string[]> {
    const [acts, deliveries, unread] = [this.#counts.underWay, await this.#countOnTheirWay(), await this.#countUnread()]
    return [
      ...(acts > 0 ? [`${acts} acts never ended`] : []),
      ...(deliveries > 0 ? [`${deliveries} deliveries stayed on their way`] : []),
      ...(unread > 0 ? [`${unread} messages were never mirrored`] : []),
    ]
  }

  figures(messages: number): Figures {
    const { calls, closed, notifications, crashes, statementsBefore } = this.#counts
    const virtualMs = this.time.nowMs - this.#startsAt.getTime()
    const statements = this.#market.database.statements - statementsBefore
    return { messages, calls, closed, notifications, statements, crashes, virtualMs, faults: this.#faults }
  }

  /** Nothing of it goes on; what the market has begun it ends. */
  async end(): Promise<void> {
    this.#stopHearing()
    for (const process of this.#processes) process.kill()
    await this.time.run(Number.POSITIVE_INFINITY, () => !this.time.isWorkPending)
  }

  #settle(shop: SimShop): void {
    const { aheadMs, isKeyless } = this.#story
    const store = makeMemoryStore()
    const process = this.#live(`the people of ${shop.name}`)
    const acts = makeActs({
      ...{ shop, process, aheadMs, isKeyless, network: this.#network, history: this.history },
      serve: this.#serveShop(shop),
    })
    const place: Place = { shop, store, acts, mirror: undefined }
    this.#places.push(place)
    this.#startMirror(place)
  }

  #startMirror(place: Place): void {
    const { shop, store } = place
    const { aheadMs, hasHints, isPrompt } = this.#story
    const process = this.#live(`the mirror of ${shop.name}`)
    const fetch = makeFetch(this.#network, { line: 'mirror', process, serve: this.#serveShop(shop) })
    const kept = this.#planted.store?.(store, process) ?? store
    const onEnd = (error: unknown) => void this.failures.push(`${process.name} ended: ${error}`)
    place.mirror = new SimMirror(process, { shop, fetch, aheadMs, hasHints, isPrompt, onEnd, store: kept })
  }

  #startDeliverer(which: number): void {
    const process = this.#live(`deliverer ${which + 1}`)
    const life = this.#lives.get(process.name) ?? 0
    const owner = `00000000-0000-4000-8000-${`${which + 1}${`${life}`.padStart(4, '0')}`.padStart(12, '0')}`
    this.#deliverers[which] = new SimDeliverer(process, owner, {
      ...{ market: this.#market, network: this.#network },
      serve: request => this.#receive(request),
      around: this.#planted.send ?? (send => send),
    })
  }

  #live(name: string): SimProcess {
    const life = (this.#lives.get(name) ?? 0) + 1
    this.#lives.set(name, life)
    const process = new SimProcess(name, this.time, makeChance('sim', this.#story.seed, name, life))
    this.#processes.push(process)
    return process
  }

  /** The market, as a shop or its buyer reaches it. */
  #serveShop(shop: SimShop): Serve {
    const serve =
      this.#planted.serve?.(request => this.#market.serve(request)) ?? (request => this.#market.serve(request))
    return async request => {
      this.#counts.calls++
      const answer = await serve(request)
      if (answer.status === 400 && answer.body.includes('is closed')) this.#counts.closed++
      this.trace.note(
        this.time.nowMs,
        `${request.method} ${request.url.replace(/page_?token=[^&]*/i, '')} ${answer.status}`,
      )
      const foreign = answer.body.match(/canary-\d+-/g)?.find(found => found !== shop.canary)
      if (foreign) this.history.leaks.push(`an answer to ${shop.name} holds ${foreign}`)
      return answer
    }
  }

  /** A notification arrives at a shop, if its program lives. */
  #receive: Serve = async request => {
    this.#counts.notifications++
    this.trace.note(this.time.nowMs, `notification ${request.body}`)
    const mirror = this.#places.find(({ shop }) => shop.url === request.url)?.mirror
    if (!mirror || mirror.process.isDead) return { status: 502, headers: {}, body: '' }
    return mirror.serve(request)
  }

  #perform(step: Step): void {
    this.trace.tell(this.time.nowMs, describeStep(step))
    const place = this.#places[step.shop % this.#places.length]
    if (!place) return
    switch (step.does) {
      case 'fault':
        this.#network.order(step.line, step.fault)
        break
      case 'mirrorDies':
        this.#killMirror(place, step.ms)
        break
      case 'delivererDies':
        this.#killDeliverer(step.which % this.#story.deliverers, step.ms)
        break
      case 'delivererFreezes':
        this.#deliverers[step.which % this.#story.deliverers]?.process.freeze(step.ms)
        break
      case 'hintsLost':
        this.#areHintsLostUntilMs = this.time.nowMs + step.ms
        break
      case 'buyerOpens':
      case 'shopOpens':
        this.#begin(place.acts[step.does](step.order))
        break
      case 'marketCloses':
        this.#begin(this.#closeChat(place.shop, step.chat))
        break
      default:
        this.#begin(place.acts[step.does](step.chat))
    }
  }

  /** Its shop's messages are refused from then on, until its buyer writes. */
  async #closeChat({ businessId, chatIds }: SimShop, chat: number): Promise<void> {
    const chatId = chatIds[chat % chatIds.length]
    if (chatId !== undefined) await this.#market.closeChat(businessId, chatId)
  }

  #begin(act: Promise<void>): void {
    this.#counts.underWay++
    void act
      .catch(error => this.failures.push(`an act failed: ${error?.stack ?? error}`))
      .finally(() => this.#counts.underWay--)
  }

  #killMirror(place: Place, downMs: number): void {
    if (!place.mirror) return
    place.mirror.process.kill()
    place.mirror = undefined
    this.#counts.crashes++
    this.#operator.after(downMs, 'event', () => this.#startMirror(place))
  }

  #killDeliverer(which: number, downMs: number): void {
    const deliverer = this.#deliverers[which]
    if (!deliverer) return
    deliverer.process.kill()
    this.#deliverers[which] = undefined
    this.#counts.crashes++
    this.#operator.after(downMs, 'event', () => this.#startDeliverer(which))
  }

  async #countOnTheirWay(): Promise<number> {
    const [row] = await this.#market.database.sql<[{ count: number }]>`
      select count(*)::integer as count from market.deliveries where state in ('waiting', 'in_flight')`
    return row.count
  }

  async #countUnread(): Promise<number> {
    const [row] = await this.#market.database.sql<
      [{ count: number }]
    >`select count(*)::integer as count from market.messages`
    let read = 0
    for (const { store } of this.#places)
      for await (const { chat } of store.known()) read += (await store.readChat(chat.chatId))?.messages.length ?? 0
    return Math.max(row.count - read, 0)
  }
}
