/** Addresses to which no notification may go, in every way of writing them that we know of. */
export type Attack = { url: string; answers?: readonly string[] }

/** First and last of each range of IPv4 that is not a public machine's. */
export const forbidden4: readonly [range: string, first: string, last: string][] = [
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private, class A', '10.0.0.0', '10.255.255.255'],
  ["a carrier's NAT", '100.64.0.0', '100.127.255.255'],
  ['metadata of Alibaba', '100.100.100.200', '100.100.100.200'],
  ['loopback', '127.0.0.0', '127.255.255.255'],
  ['this machine', '127.0.0.1', '127.0.0.1'],
  ['metadata of Azure', '168.63.129.16', '168.63.129.16'],
  ['link-local', '169.254.0.0', '169.254.255.255'],
  ['metadata of clouds', '169.254.169.254', '169.254.170.2'],
  ['private, class B', '172.16.0.0', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['documentation 1', '192.0.2.0', '192.0.2.255'],
  ['multicast tunnels', '192.52.193.0', '192.52.193.255'],
  ['relays of 6to4', '192.88.99.0', '192.88.99.255'],
  ['private, class C', '192.168.0.0', '192.168.255.255'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['documentation 2', '198.51.100.0', '198.51.100.255'],
  ['documentation 3', '203.0.113.0', '203.0.113.255'],
  ['multicast', '224.0.0.0', '239.255.255.255'],
  ['reserved and broadcast', '240.0.0.0', '255.255.255.255'],
]

type Bytes = [number, number, number, number]
const hex = (value: number, digits = 1) => value.toString(16).padStart(digits, '0')
const number = ([a, b, c, d]: Bytes) => ((a * 256 + b) * 256 + c) * 256 + d
const dotted = (bytes: Bytes) => bytes.join('.')
const pair = ([a, b, c, d]: Bytes) => `${hex(a)}${hex(b, 2)}:${hex(c)}${hex(d, 2)}`
const flipped = ([a, b, c, d]: Bytes): Bytes => [255 - a, 255 - b, 255 - c, 255 - d]
const shifted = (text: string, from: number) => text.replace(/\d/g, digit => String.fromCodePoint(from + Number(digit)))

/** Ways to write an IPv4 address as the host of a URL. */
export const notations4: Record<string, (bytes: Bytes) => string> = {
  plain: dotted,
  'with a dot at the end': bytes => `${dotted(bytes)}.`,
  'one number': bytes => `${number(bytes)}`,
  'one hexadecimal number': bytes => `0x${hex(number(bytes))}`,
  'one octal number': bytes => `0${number(bytes).toString(8)}`,
  'hexadecimal parts': bytes => bytes.map(byte => `0x${hex(byte)}`).join('.'),
  'octal parts': bytes => bytes.map(byte => `0${byte.toString(8)}`).join('.'),
  'octal parts with zeros before': bytes => bytes.map(byte => `0000${byte.toString(8)}`).join('.'),
  'parts of every kind': ([a, b, c, d]) => `${a}.0${b.toString(8)}.0X${hex(c).toUpperCase()}.${d}`,
  'two parts': ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
  'three parts': ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  'wide digits': bytes => shifted(dotted(bytes), 0xff10),
  'digits of mathematics': bytes => shifted(dotted(bytes), 0x1d7ce),
  'dots of another script': bytes => bytes.join('\u3002'),
  'percent signs': bytes => dotted(bytes).replace(/\d/g, digit => `%3${digit}`),
}

/** Ways in which an IPv6 address carries one of IPv4. */
export const embeddings: Record<string, (bytes: Bytes) => string> = {
  mapped: bytes => `::ffff:${dotted(bytes)}`,
  'mapped, hexadecimal': bytes => `::ffff:${pair(bytes)}`,
  'mapped, whole': bytes => `0000:0000:0000:0000:0000:FFFF:${pair(bytes)}`,
  translated: bytes => `::ffff:0:${dotted(bytes)}`,
  compatible: bytes => `::${dotted(bytes)}`,
  NAT64: bytes => `64:ff9b::${dotted(bytes)}`,
  'NAT64, hexadecimal': bytes => `64:ff9b::${pair(bytes)}`,
  'local NAT64': bytes => `64:ff9b:1::${dotted(bytes)}`,
  'local NAT64 with a subnet': bytes => `64:ff9b:1:fffe::${dotted(bytes)}`,
  '6to4': bytes => `2002:${pair(bytes)}::`,
  '6to4 with a host': bytes => `2002:${pair(bytes)}:1::1`,
  Teredo: bytes => `2001:0:4136:e378:8000:63bf:${pair(flipped(bytes))}`,
  'Teredo server': bytes => `2001:0:${pair(bytes)}:8000::1`,
  ISATAP: bytes => `2a02:6b8:1:2:0:5efe:${pair(bytes)}`,
  'ISATAP, universal': bytes => `2a02:6b8:1:2:200:5efe:${dotted(bytes)}`,
  'link-local ISATAP': bytes => `fe80::5efe:${dotted(bytes)}`,
}

export const bytesOf = (address: string) => address.split('.').map(Number) as Bytes // four, as written above

export const forbidden6 = [
  ...['::', '0:0:0:0:0:0:0:0', '::1', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001', '::2'],
  ...['100::', '100::1', '100:0:0:1::1', '1fff:ffff::1', '4000::', '5f00::1', '8000::1', '64:ff9b::', '64:ff9b:2::1'],
  ...[
    '2001::',
    '2001:1::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:1ff:ffff::1',
    '2001:db8::',
    '2001:DB8:FFFF::1',
  ],
  ...[
    '2002::',
    '2002:ffff:ffff::1',
    '3ffe::1',
    '3fff::',
    '3fff:fff::1',
    'fc00::',
    'fc00::1',
    'fd00::1',
    'fdff:ffff::1',
  ],
  ...['fd00:ec2::254', 'fd20:ce::254', 'fe00::1', 'fe80::', 'fe80::1', 'febf:ffff::1', 'fec0::1', 'feff::1'],
  ...['ff00::', 'ff01::1', 'ff02::1', 'ff05::1', 'ff0e::1', 'ffff::1', 'FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF'],
]

const localNames = [
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'a.b.localhost.',
    'localhost.localdomain',
    'ip6-localhost',
  ],
  ...[
    'printer.local',
    'Printer.LOCAL.',
    'metadata',
    'metadata.google.internal',
    'metadata.google.internal.',
    'db',
    'db.',
  ],
  ...['instance-data', 'host.docker.internal', 'gateway.docker.internal', 'nas.lan', 'nas.home.arpa', 'a.intranet'],
  ...[
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'localhoſt',
    'lo\u00adcalhost',
    '%6cocalhost',
    'l%6Fcalhost',
    'locaLhost%2e',
    'ｌｏｃａｌｈｏｓｔ',
    'a。local',
  ],
]

const misspelt = [
  ...[
    'http://shop.example/',
    'HTTP://shop.example/',
    'ftp://shop.example/',
    'ws://shop.example/',
    'wss://shop.example/',
  ],
  ...[
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'data:application/json,{}',
    'javascript:1',
    'unix:/run/x.sock',
  ],
  ...['https:127.0.0.1', 'https:/127.0.0.1/', 'https:///127.0.0.1/', 'https:\\\\127.0.0.1\\', 'https:/\\127.0.0.1/'],
  ...[0, 22, 25, 80, 444, 3306, 5432, 6379, 8080, 8443, 9200, 65535].map(port => `https://shop.example:${port}/`),
  ...[1, 22, 80, 443, 8443].flatMap(port => [`https://127.0.0.1:${port}/`, `https://[::1]:${port}/`]),
  ...['https://me@shop.example/', 'https://me:word@shop.example/', 'https://:word@shop.example/'],
  ...['https://shop.example@127.0.0.1/', 'https://shop.example:443@127.0.0.1/', 'https://127.0.0.1@shop.example/'],
  ...['https://shop.example\\@127.0.0.1/', 'https://127.0.0.1\\@shop.example/', 'https://127.0.0.1#@shop.example/'],
  ...[
    'https://shop.example#@127.0.0.1/',
    'https://shop.example/#',
    'https://127.0.0.1?@shop.example/',
    'https://127.1?a',
  ],
  ...['https://127.0.0.1%23@shop.example/', 'https://shop.example%00.127.0.0.1/', 'https://127.0.0.1%2f.shop.example/'],
  ...[
    'https://shop.example/\r\nhost: 127.0.0.1',
    'https://127.0.\t0.1/',
    ' https://127.0.0.1/',
    'https://127.0.0.1/\n',
  ],
  ...[
    'https://[::1%25lo]/',
    'https://[fe80::1%25eth0]/',
    'https://[::ffff:7f.0.0.1]/',
    'https://[127.0.0.1]/',
    'https://[::1/',
  ],
  ...['https://127.0.0.1.1/', 'https://256.0.0.1/', 'https://0x/', 'https://0x7f.1/', 'https://127.0.1/', 'https://0/'],
  ...[
    'https://4294967296/',
    'https://09.0.0.1/',
    'https://',
    'https://./',
    'https://../',
    '//127.0.0.1/',
    '127.0.0.1',
    '',
  ],
  ...[
    `https://shop.example/${'x'.repeat(2048)}`,
    'https://①②⑦.⓪.⓪.①/',
    'https://⑯⑨。②⑤④。⑯⑨｡②⑤④/',
    'https://127%2e0%2e0%2e1/',
  ],
]

const innocent = [
  '127.0.0.1.nip.io',
  'localtest.example',
  'kubernetes.default.svc',
  'xn--e1afmkfd.example',
  'my-shop.рф',
]
/** What a name server may answer for a name that looks like any other. */
const answers: readonly (readonly string[])[] = [
  ...forbidden4.map(([, first, last]) => [first, last]),
  ...forbidden6.filter(address => !/[A-F]/.test(address)).map(address => [address]),
  ...Object.values(embeddings).map(embed => [embed([127, 0, 0, 1]), embed([169, 254, 169, 254])]),
  ...[['fe80::1%eth0'], ['::1%lo'], ['0177.0.0.1'], ['2130706433'], ['127.1'], ['localhost'], [''], [' 8.8.8.8'], []],
  ...[
    ['127.0.0.1', '::1'],
    ['10.0.0.1', 'fd00::1', '169.254.169.254'],
    ['0.0.0.0', '::'],
  ],
]

const https = (host: string): Attack => ({ url: `https://${host}/notification` })

/** Written literally: they must be refused without a name looked up, when a subscription is made and when it is sent to. */
export const literals: readonly Attack[] = distinct([
  ...forbidden4
    .flatMap(([, first, last]) => [bytesOf(first), bytesOf(last)])
    .flatMap(bytes => [
      ...Object.values(notations4).map(write => https(write(bytes))),
      ...Object.values(embeddings).map(embed => https(`[${embed(bytes)}]`)),
    ]),
  ...forbidden6.map(address => https(`[${address}]`)),
  ...localNames.map(https),
  ...misspelt.map(url => ({ url })),
])

export const names: readonly Attack[] = distinct(
  answers.flatMap((found, index) =>
    innocent.slice(0, 2).map((name, turn) => ({
      ...https(`${index}.${innocent[(index + turn) % innocent.length] ?? name}`),
      answers: found,
    })),
  ),
)

function distinct(attacks: readonly Attack[]): Attack[] {
  return [...new Map(attacks.map(attack => [attack.url, attack])).values()]
}

/** Public machines, most of them next to a range that is forbidden. */
export const publicAddresses = [
  ...[
    '1.0.0.0',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '77.88.8.8',
    '87.250.250.242',
    '100.63.255.255',
    '100.128.0.0',
  ],
  ...['126.255.255.255', '128.0.0.0', '168.63.129.15', '168.63.129.17', '169.253.255.255', '169.255.0.0'],
  ...['172.15.255.255', '172.32.0.0', '192.0.1.0', '192.0.3.0', '192.52.192.255', '192.52.194.0', '192.88.98.255'],
  ...[
    '192.88.100.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '198.51.99.255',
    '198.51.101.0',
  ],
  ...['203.0.112.255', '203.0.114.0', '223.255.255.255', '2001:200::1', '2001:4860:4860::8888', '2001:db7:ffff::1'],
  ...['2001:db9::1', '2003::1', '2400::1', '2606:4700:4700::1111', '2620:fe::fe', '2a02:6b8::2:242', '2a00:1450::1'],
  ...['2c0f:ffff::1', '3ffd:ffff::1', '3fff:1000::1', '2a02:6b8::1:5efe:7f00:1', '2a02:6b8::5eff:7f00:1'],
]
