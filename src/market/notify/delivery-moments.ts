/** The moments of one attempt, in their order. Tests end the process at each of them. */
export const deliveryMoments = ['before claim', 'after claim', 'after send', 'before settle', 'after settle'] as const
export type DeliveryMoment = (typeof deliveryMoments)[number]
export type OnDeliveryMoment = (moment: DeliveryMoment) => void
