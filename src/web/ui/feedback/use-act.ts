import { useMutation } from '@tanstack/react-query'
import { toastError } from './toast.tsx'

/** An act of a person: one at a time; a refusal is shown. `run` resolves to undefined if it was refused. */
export function useAct<Given, Done>(work: (given: Given) => Promise<Done>, after?: (done: Done) => void) {
  const { mutateAsync, data, isPending, error, reset } = useMutation<Done, Error, Given>({ mutationFn: work })
  const run = async (given: Given): Promise<Done | undefined> => {
    if (isPending) return undefined
    try {
      const done = await mutateAsync(given)
      after?.(done)
      return done
    } catch (refused) {
      toastError(refused)
      return undefined
    }
  }
  return { run, data, isPending, error, reset }
}
