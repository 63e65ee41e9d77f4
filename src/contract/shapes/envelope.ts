import { oneOf } from '../schema.ts'
import { type TSchema, Type } from '../type.ts'
import { responseStatuses } from '../words.ts'

const status = oneOf(responseStatuses, { description: 'OK, or ERROR.' })

/** `{"status":"OK"}` and nothing else. */
export const EmptyResponse = Type.Object({ status }, { title: 'EmptyApiResponse' })

/** `{"status":"OK","result":…}`. */
export function responseOf<Result extends TSchema>(title: string, result: Result) {
  return Type.Object({ status, result: Type.Optional(result) }, { title })
}

/** getAuthTokenInfo alone promises its result. */
export function responseWith<Result extends TSchema>(title: string, result: Result) {
  return Type.Object({ status, result }, { title })
}

const ApiError = Type.Object(
  {
    code: Type.String({ description: 'What went wrong, for programs. New codes may appear.' }),
    message: Type.Optional(Type.String({ description: 'What went wrong, for people.' })),
  },
  { title: 'ApiErrorDTO' },
)

/** Every refusal: `{"status":"ERROR","errors":[{"code":"…","message":"…"}]}`. */
export const ErrorResponse = Type.Object(
  {
    status,
    errors: Type.Optional(
      Type.Unsafe<{ code: string; message?: string }[] | null>({
        type: ['array', 'null'],
        minItems: 1,
        items: ApiError,
      }),
    ),
  },
  { title: 'ApiErrorResponse' },
)
