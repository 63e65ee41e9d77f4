import { idOf, oneOf, Type } from '#contract'
import { apiKey, baseUrl, Cabinet, cabinetName, KeyCheck, Sync } from '../shapes/cabinet.ts'
import { noBody, OfCabinet, ownOperation, usual } from './own.ts'

const tag = 'cabinets'

export const listCabinets = ownOperation({
  name: 'listCabinets',
  verb: 'GET',
  path: '/desk/v1/cabinets',
  tag,
  summary: 'List cabinets',
  description: 'With how fresh what is known of them is.',
  response: Type.Object({ cabinets: Type.Array(Cabinet) }),
  refusals: usual,
})

export const checkKey = ownOperation({
  name: 'checkKey',
  verb: 'POST',
  path: '/desk/v1/cabinets/check',
  tag,
  summary: 'Check a key',
  description: 'Asks the market what the key opens, and keeps nothing. For owners.',
  body: Type.Object({ baseUrl: Type.Optional(baseUrl), apiKey }),
  response: KeyCheck,
  refusals: [...usual, 422],
})

export const addCabinet = ownOperation({
  name: 'addCabinet',
  verb: 'POST',
  path: '/desk/v1/cabinets',
  tag,
  summary: 'Connect a cabinet',
  description: 'The key is checked and sealed; the mirror begins at once. For owners.',
  body: Type.Object({
    baseUrl: Type.Optional(baseUrl),
    apiKey,
    businessId: idOf<bigint>('The business at the market.'),
    name: Type.Optional(cabinetName),
  }),
  response: Cabinet,
  status: 201,
  refusals: [...usual, 409, 422],
})

export const updateCabinet = ownOperation({
  name: 'updateCabinet',
  verb: 'PATCH',
  path: '/desk/v1/cabinets/{cabinetId}',
  tag,
  summary: 'Change a cabinet',
  description: 'Its name, whether it is worked, its key. For owners.',
  params: OfCabinet,
  body: Type.Object({
    name: Type.Optional(cabinetName),
    state: Type.Optional(oneOf(['active', 'paused'] as const)),
    apiKey: Type.Optional(apiKey),
  }),
  response: Cabinet,
  refusals: [...usual, 404, 409, 422],
})

export const removeCabinet = ownOperation({
  name: 'removeCabinet',
  verb: 'DELETE',
  path: '/desk/v1/cabinets/{cabinetId}',
  tag,
  summary: 'Disconnect a cabinet',
  description: 'Forgets its key and everything that was mirrored. Nothing is deleted at the market. For owners.',
  params: OfCabinet,
  ...noBody,
  refusals: [...usual, 404],
})

export const readSync = ownOperation({
  name: 'readSync',
  verb: 'GET',
  path: '/desk/v1/cabinets/{cabinetId}/sync',
  tag,
  summary: 'How a mirror is',
  description: 'Progress, notifications, gaps, the last proof, and what the limits of an hour have left.',
  params: OfCabinet,
  response: Sync,
  refusals: [...usual, 404],
})

export const startProof = ownOperation({
  name: 'startProof',
  verb: 'POST',
  path: '/desk/v1/cabinets/{cabinetId}/proof',
  tag,
  summary: 'Prove a mirror',
  description: 'Everything is compared with the market; the result is read with the sync.',
  params: OfCabinet,
  ...noBody,
  refusals: [...usual, 404],
})
