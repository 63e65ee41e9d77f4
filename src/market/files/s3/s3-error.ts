type Facts = ErrorOptions & {
  /** What S3 answered, if it did. */
  status?: number
  /** The word of S3 for it, or of the system. */
  code: string
}

/** S3 does not answer, or not as it was asked. Names what was asked; credentials and signatures are never in it. */
export class S3Error extends Error {
  override name = 'S3Error'
  readonly status: number | undefined
  readonly code: string

  constructor(asked: string, { status, code, ...options }: Facts) {
    super(
      status === undefined ? `S3 does not answer ${asked}: ${code}` : `S3 answers ${asked} with ${status} ${code}`,
      options,
    )
    this.status = status
    this.code = code
  }

  /** Whether the same may pass in a moment. */
  get isPassing(): boolean {
    const { status } = this
    return status === undefined || status >= 500 || status === 429 || this.code === 'RequestTimeout'
  }
}

/** What the log says if an error is S3's; a request that met it may be sent again later. */
export function findS3Shortage(error: unknown): string | undefined {
  return error instanceof S3Error ? 'the store of files does not do what it is asked' : undefined
}
