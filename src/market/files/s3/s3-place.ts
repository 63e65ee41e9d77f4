import { Problem } from '#kit'

/** A part of a bucket, and how to get there. */
export type S3Place = {
  /** Where S3 answers; the bucket is the first part of the path. */
  endpoint: string
  region: string
  bucket: string
  /** Empty, or ends with a slash. */
  prefix: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
}

type Environment = Readonly<Record<string, string | undefined>>

const parameters = ['endpoint', 'region', 'prefix']
const bucketForm = /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/
// Nothing in it has to be encoded, in an address or in XML.
const prefixForm = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*\/?$/

/**
 * Reads `s3://bucket?endpoint=…&region=…&prefix=…`; what is not said comes from the variables that programs for S3 share
 * (AWS_REGION, AWS_ENDPOINT_URL_S3, …), and the credentials from nowhere else. Throws a Problem that repeats no secret.
 */
export function readS3Url(text: string, environment: Environment): S3Place {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const asked = url?.searchParams ?? new URLSearchParams()
  if (/^s3:\/\/[^/?#]*@/i.test(text) || [...asked.keys()].some(name => /key|secret|token|credential|pass/i.test(name)))
    throw credentialsGiven()
  const unknown = [...asked.keys()].find(name => !parameters.includes(name))
  if (unknown !== undefined) throw unknownParameter(unknown)
  const region = asked.get('region') || environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1'
  const prefix = asked.get('prefix') || ''
  const bucket = url?.host ?? ''
  const isRead = url?.protocol === 's3:' && bucketForm.test(bucket) && /^\/?$/.test(url.pathname) && url.hash === ''
  if (!isRead || !/^[\w-]+$/.test(region) || (prefix !== '' && !prefixForm.test(prefix))) throw unreadable()
  return {
    endpoint: findEndpoint(asked.get('endpoint') || undefined, region, environment),
    ...{ region, bucket },
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    credentials: findCredentials(environment),
  }
}

/** How a person is told where files are; no secret is in it. */
export function describeS3Place({ endpoint, bucket, prefix }: S3Place): string {
  return `s3://${bucket}/${prefix} (${endpoint})`
}

function findEndpoint(asked: string | undefined, region: string, environment: Environment): string {
  const { AWS_ENDPOINT_URL_S3: ofS3, AWS_ENDPOINT_URL: ofAll } = environment
  const text = asked ?? (ofS3 || ofAll || `https://s3.${region}.amazonaws.com`)
  if (!URL.canParse(text)) throw unreadable()
  const { protocol, username, password, search, hash, origin, pathname } = new URL(text)
  if (username !== '' || password !== '') throw credentialsGiven()
  if (!/^https?:$/.test(protocol) || search !== '' || hash !== '') throw unreadable()
  return origin + pathname.replace(/\/+$/, '')
}

function findCredentials(environment: Environment): S3Place['credentials'] {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = environment
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }) }
  throw new Problem('--files needs the credentials of S3 in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.', {
    kind: 's3CredentialsMissing',
  })
}

function credentialsGiven(): Problem {
  return new Problem(
    'The address in --files must hold no credentials, as others may see it: give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    { kind: 's3CredentialsGiven' },
  )
}

function unknownParameter(name: string): Problem {
  return new Problem(`The address in --files knows ${parameters.join(', ')}, and not "${name}".`, {
    kind: 's3ParameterUnknown',
    facts: { known: parameters.join(', '), name },
  })
}

function unreadable(): Problem {
  return new Problem(
    'The address in --files cannot be read: it must look like s3://bucket?endpoint=https://s3.example.org&region=us-east-1&prefix=chats (endpoint, region and prefix as needed).',
    { kind: 's3UrlUnreadable' },
  )
}
