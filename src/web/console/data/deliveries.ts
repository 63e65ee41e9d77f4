/** In the order of a delivery's life. */
export const deliveryStates = ['waiting', 'in_flight', 'delivered', 'refused', 'cancelled'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** As a person lists them: in the order in which they happen. */
export const eventsInOrder = ['chat_created', 'message_sent', 'dispute_started', 'dispute_finished'] as const
export type EventName = (typeof eventsInOrder)[number]
