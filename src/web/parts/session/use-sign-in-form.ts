import { type FormEvent, useState } from 'react'
import { explainError } from '../../ui/feedback/explain-error.ts'
import { ProblemError } from '../../ui/feedback/problem.ts'

/** Signs in when the form is submitted. `words`: what a refusal of a status means here, if more than it says. */
export function useSignInForm(signIn: () => Promise<void>, words: Readonly<Record<number, string>>) {
  const [refused, setRefused] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await signIn()
    } catch (error) {
      setRefused((error instanceof ProblemError && words[error.status]) || explainError(error))
      setBusy(false)
    }
  }
  return { refused, isBusy, submit, forget: () => setRefused(undefined) }
}

export type SignInForm = ReturnType<typeof useSignInForm>
