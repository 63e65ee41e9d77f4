/** The addresses from which Yandex.Market sends notifications, as it has published them. */
export const notificationSources = ['5.45.207.0/25', '141.8.142.0/25', '5.255.253.0/25'] as const
