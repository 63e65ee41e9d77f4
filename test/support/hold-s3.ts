/** A program of its own for tests to kill: an S3 server whose objects outlive it. */
import S3rver from '@20minutes/s3rver'

const [directory = '', bucket = '', port = '0'] = process.argv.slice(2)
const options = {
  address: '127.0.0.1',
  port: Number(port),
  directory,
  silent: true,
  configureBuckets: [{ name: bucket }],
}
const address = await new S3rver(options).run()
process.send?.(address.port)
// Whoever started it may have been killed.
process.once('disconnect', () => process.exit(1))
