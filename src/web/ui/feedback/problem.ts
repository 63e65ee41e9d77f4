/** A refusal as RFC 9457 describes it; what a server adds to it stays unread until somebody asks for it by name. */
export type Problem = {
  detail?: string
  errors?: { at: string; problem: string }[]
  [extension: string]: unknown
}

/** A refusal: what went wrong, which one, and what to do, in the server's words. `status` 0: nobody answered. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem) {
    super(problem.detail ?? `status ${status}`)
    this.status = status
    this.problem = problem
  }
}
