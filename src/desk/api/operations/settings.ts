import { int32, oneOf, type Static, Type } from '#contract'
import { ownOperation, usual } from './own.ts'

const tag = 'settings'
const time = Type.Optional(Type.String({ pattern: '^\\d\\d:\\d\\d$', maxLength: 5, description: 'As 22:00.' }))

const strokes = (description: string) => Type.String({ minLength: 1, maxLength: 24, description })

export const Preferences = Type.Object(
  {
    undoSeconds: int32({ minimum: 0, maximum: 30 }),
    sendBy: oneOf(['enter', 'ctrl-enter'] as const),
    sounds: Type.Boolean(),
    quietFrom: time,
    quietTo: time,
    notify: Type.Boolean({ description: "Whether the browser's notifications tell of chats that wait." }),
    repeatUntilSeen: Type.Boolean(),
    areKeysOff: Type.Boolean({ description: 'Whether single keys do nothing.' }),
    isChecklistHidden: Type.Optional(Type.Boolean({ description: 'Whether the first steps were put away.' })),
    keys: Type.Optional(
      Type.Array(
        Type.Object({ act: strokes('Those that it has of itself.'), keys: strokes('Those that do it now.') }),
        {
          maxItems: 100,
          description: 'The keys that were chosen instead of others.',
        },
      ),
    ),
  },
  { title: 'Preferences' },
)
export type Preferences = Static<typeof Preferences>

const Trickle = Type.Object({ isOn: Type.Boolean({ description: 'Whether simulated buyers write now and then.' }) })

export const readPreferences = ownOperation({
  name: 'readPreferences',
  verb: 'GET',
  path: '/desk/v1/preferences',
  tag,
  summary: 'What the account has chosen',
  description: 'Or what is chosen for everybody.',
  response: Preferences,
  refusals: usual,
})

export const putPreferences = ownOperation({
  name: 'putPreferences',
  verb: 'PUT',
  path: '/desk/v1/preferences',
  tag,
  summary: 'Choose',
  description: 'All of it.',
  body: Preferences,
  response: Preferences,
  refusals: usual,
})

export const readTrickle = ownOperation({
  name: 'readTrickle',
  verb: 'GET',
  path: '/desk/v1/trickle',
  tag,
  summary: 'Whether simulated buyers write',
  description: 'Where a lab is beside the desk, as `prilavok up` has it.',
  response: Trickle,
  refusals: [...usual, 404],
})

export const putTrickle = ownOperation({
  name: 'putTrickle',
  verb: 'PUT',
  path: '/desk/v1/trickle',
  tag,
  summary: 'Let simulated buyers write, or not',
  description: 'Where a lab is beside the desk.',
  body: Trickle,
  response: Trickle,
  refusals: [...usual, 404],
})
