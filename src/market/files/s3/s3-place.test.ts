import { expect, test } from 'vitest'
import { Problem } from '#kit'
import { readS3Url, type S3Place } from './s3-place.ts'

const keys = { AWS_ACCESS_KEY_ID: 'an id', AWS_SECRET_ACCESS_KEY: 'a secret' }
const credentials = { accessKeyId: 'an id', secretAccessKey: 'a secret' }
const aws = { region: 'us-east-1', bucket: 'chats', prefix: '', endpoint: 'https://s3.us-east-1.amazonaws.com' }

test.each<[url: string, environment: Record<string, string>, place: Partial<S3Place>]>([
  ['s3://chats', {}, {}],
  ['s3://chats/', {}, {}],
  ['s3://chats?region=eu-west-3', {}, { region: 'eu-west-3', endpoint: 'https://s3.eu-west-3.amazonaws.com' }],
  [
    's3://chats',
    { AWS_REGION: 'r-1', AWS_DEFAULT_REGION: 'r-2' },
    { region: 'r-1', endpoint: 'https://s3.r-1.amazonaws.com' },
  ],
  ['s3://chats', { AWS_DEFAULT_REGION: 'r-2' }, { region: 'r-2', endpoint: 'https://s3.r-2.amazonaws.com' }],
  ['s3://chats?endpoint=http://minio:9000/', {}, { endpoint: 'http://minio:9000' }],
  ['s3://chats?endpoint=https%3A%2F%2Fs3.example.org%2Fs3', {}, { endpoint: 'https://s3.example.org/s3' }],
  ['s3://chats', { AWS_ENDPOINT_URL_S3: 'http://a', AWS_ENDPOINT_URL: 'http://b' }, { endpoint: 'http://a' }],
  ['s3://chats', { AWS_ENDPOINT_URL: 'http://b' }, { endpoint: 'http://b' }],
  ['s3://chats?prefix=a/b.c_d-e', {}, { prefix: 'a/b.c_d-e/' }],
  ['s3://chats?prefix=a/', {}, { prefix: 'a/' }],
  ['s3://my.old_Bucket', {}, { bucket: 'my.old_Bucket' }],
  ['s3://chats', { AWS_SESSION_TOKEN: 'for now' }, { credentials: { ...credentials, sessionToken: 'for now' } }],
])('%s with %j is %j', (url, environment, place) => {
  expect(readS3Url(url, { ...keys, ...environment })).toEqual({ ...aws, credentials, ...place })
})

const hidden = 'hidden-word'

test.each<[kind: string, url: string, environment?: Record<string, string>]>([
  ['s3UrlUnreadable', 'nonsense'],
  ['s3UrlUnreadable', '/var/lib/files'],
  ['s3UrlUnreadable', 'https://chats'],
  ['s3UrlUnreadable', 's3://'],
  ['s3UrlUnreadable', 's3://ab'],
  ['s3UrlUnreadable', 's3://chats/path'],
  ['s3UrlUnreadable', 's3://chats#part'],
  ['s3UrlUnreadable', 's3://chats?endpoint=minio:9000'],
  ['s3UrlUnreadable', 's3://chats?endpoint=minio'],
  ['s3UrlUnreadable', 's3://chats?endpoint=http://minio?a=b'],
  ['s3UrlUnreadable', 's3://chats?region=a/b'],
  ['s3UrlUnreadable', 's3://chats?prefix=../other'],
  ['s3UrlUnreadable', 's3://chats?prefix=a//b'],
  ['s3UrlUnreadable', 's3://chats?prefix=/a'],
  ['s3UrlUnreadable', 's3://chats?prefix=a%26b'],
  ['s3UrlUnreadable', 's3://chats', { AWS_ENDPOINT_URL: 'nonsense' }],
  ['s3ParameterUnknown', 's3://chats?endpont=http://minio'],
  ['s3CredentialsGiven', `s3://id:${hidden}@chats`],
  ['s3CredentialsGiven', `s3://${hidden}@chats?region=a`],
  ['s3CredentialsGiven', `s3://chats?secretAccessKey=${hidden}`],
  ['s3CredentialsGiven', `s3://chats?X-Amz-Security-Token=${hidden}`],
  ['s3CredentialsGiven', `s3://chats?endpoint=http://id:${hidden}@minio`],
  ['s3CredentialsGiven', 's3://chats', { AWS_ENDPOINT_URL: `http://${hidden}@minio` }],
  ['s3CredentialsMissing', 's3://chats', { AWS_ACCESS_KEY_ID: '' }],
  ['s3CredentialsMissing', 's3://chats', { AWS_SECRET_ACCESS_KEY: '' }],
])('%s: %s', (kind, url, environment) => {
  const read = () => readS3Url(url, { ...keys, ...environment })

  expect(read).toThrow(Problem)
  expect(read).toThrow(expect.objectContaining({ kind }))
  expect(read).not.toThrow(hidden)
})
