import type { Step } from './story.ts'

/** A step in words, as a failed story is read. */
export function describeStep(step: Step): string {
  const shop = `shop ${step.shop + 1}`
  switch (step.does) {
    case 'fault':
      return `the next exchange on the ${step.line} line is to meet: ${step.fault.kind} (${step.fault.ms} ms)`
    case 'mirrorDies':
      return `the mirror of ${shop} dies, and is back after ${step.ms} ms`
    case 'delivererDies':
      return `deliverer ${step.which + 1} dies, and is back after ${step.ms} ms`
    case 'delivererFreezes':
      return `deliverer ${step.which + 1} freezes for ${step.ms} ms`
    case 'hintsLost':
      return `market processes hear nothing of each other for ${step.ms} ms`
    case 'buyerOpens':
    case 'shopOpens':
      return `${who[step.does]} of ${shop} about order ${step.order + 1}`
    default:
      return `${who[step.does]} of ${shop}, chat ${step.chat + 1}`
  }
}

const who = {
  buyerOpens: 'a buyer opens a chat',
  shopOpens: 'the shop opens a chat',
  buyerWrites: 'a buyer writes to a chat',
  shopSends: 'the shop sends to a chat',
  shopInsists: 'the shop sends with one key until it is done, to a chat',
  shopSendsOnce: 'the shop sends once, to a chat',
  marketCloses: 'the market closes a chat',
  shopReads: 'the shop reads a chat',
} as const
