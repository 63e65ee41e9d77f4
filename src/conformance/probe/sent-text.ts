/** What a customer reads where a check writes and its text does not matter. */
export const sentText = 'Проверка связи, отвечать не нужно.'
