/** Another process works the cabinet now, or nobody shall: what this one wanted to write changed nothing. */
export class LostHold extends Error {
  override name = 'LostHold'
  constructor(cabinetId: bigint) {
    super(`cabinet ${cabinetId} is not worked by this process any more`)
  }
}
