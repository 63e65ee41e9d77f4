import type { Schema } from '#database'

/** Migrations that landed while functions stood in them; those that held nothing else are gone. */
const retold = {
  '001-directory.sql': 'c2cf3289111c091578b78eab492fcd78bbfea2d8c519bc08569e85c2401ed271',
  '003-ids.sql': '5362f03c311d0e5c9774e52215ffd93125ebfc570f03ca18d2cc81e89990e8d6',
  '004-transitions.sql': '1e14380b87063f78df46ab77a80703992a5704e7df0dd492cee07fb35bcd1d02',
  '005-post-messages.sql': '25bde6c2c2c3b88977d732ebcbd43de8f53ff3ebe84ea4196d66772fba541785',
  '006-open-chat.sql': '7e98ca5ed34fd3a4699e0bd83e720cb167a30fb95eb1a7a611bac9acfd738ca3',
  '007-hourly-hits.sql': 'ee536a9c071834aa09d059af869aa078767b5c77e64d7b07eee26aed1ce715e3',
  '008-expire-test-orders.sql': 'e44e3b398ff1461e3219fc4ddb02b62a1b647e6e577ee9d0412f103086743db1',
  '011-tell-subscriptions.sql': 'da9f3c76c488922a06fa60abd26f79b247715506ec59b1d8d7e7561e67b97756',
  '012-deliver.sql': '5589a61b64f7ac7c1995c7716a6aa3e715a0de94159823cb8cbb9ba3d82ee758',
  '015-snapshots.sql': '0664c48e230cbf08c0a80cf7e550fbf507ce9566e2152b2ef849d9cca7e55a0e',
  '017-idempotency-keys.sql': '47fe8213a2cc1bf8e31c0e2588f5d8ef31bf4ebb7ec6d3a02dd3bb0e22ba765c',
}

export const marketSchema: Schema = {
  schema: 'market',
  folder: new URL('./', import.meta.url),
  generation: 7,
  retold,
}
