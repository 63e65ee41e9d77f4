import { fileMaxBytes } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { compare, status } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequestOfOurs, type Refused, words } from '../../expect/words.ts'
import type { Difference, Said, Source } from '../../findings/finding.ts'
import { choice, contract, observed } from '../../findings/sources.ts'
import { type Call, fromLatin1, withBody } from '../../http/call.ts'
import { boundary, formEnd as end, filePart, formOf, formOfSize, formType, part } from '../../probe/form.ts'
import { field } from '../../scene/read.ts'
import { newestMessage } from './written.ts'

const ok = '{"status":"OK"}'
const oneFile = choice('more than one file in a request')
const unsized = (size: number) => formOfSize(size)
const sized = (size: number) => Buffer.concat(formOfSize(size))

type Sent = { body: Call['body']; type?: string | undefined; kept: Record<string, unknown> }

/** Sends a file, and looks how it came. */
function keeps(rule: Said, source: Source, { body = '', type = formType, kept }: Sent): Check {
  return checkOf('sendFileToChat', rule, {
    source,
    needs: ['chatId'],
    calls: 3,
    run: async probe => {
      const call = probe.call('sendFileToChat')
      const reply = await probe.send(withBody(call, body, type === '' ? undefined : type))
      const wrong = compare(reply, { at: 'body', expected: ok, got: reply.text, source })
      if (wrong.length > 0) return wrong
      const file = field(await newestMessage(probe), 'payload', 0)
      return Object.entries(kept).flatMap(([key, expected]): Difference[] =>
        compare(reply, { at: `payload[0].${key}`, expected, got: field(file, key), source }),
      )
    },
  })
}

const sizes: Check[] = [
  ...[1, fileMaxBytes - 1, fileMaxBytes].map(size =>
    keeps({ en: `a file of ${size} bytes is taken`, ru: `файл в ${size} байт принимается` }, contract.limits, {
      body: sized(size),
      kept: { name: 'all.bin', size },
    }),
  ),
  keeps(
    { en: 'a file that does not say how large it is is taken', ru: 'файл без объявленной длины принимается' },
    contract.limits,
    {
      body: unsized(fileMaxBytes),
      kept: { name: 'all.bin', size: fileMaxBytes },
    },
  ),
]

const named: Check[] = [
  ['as UTF-8', 'filename="Счёт №5.pdf"'],
  ['as RFC 5987 spells it', "filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82%20%E2%84%965.pdf"],
].map(([how = '', name = '']) =>
  keeps({ en: `a Russian file name comes through ${how}`, ru: `русское имя файла доходит: ${how}` }, observed, {
    body: formOf({ name }),
    kept: { name: 'Счёт №5.pdf' },
  }),
)

const harmless: Check[] = [
  keeps({ en: 'fields beside the file do not matter', ru: 'поля рядом с файлом не мешают' }, contract.request, {
    body: part('name="comment"', 'x') + filePart() + part('name="more"', 'y') + end,
    kept: { name: 'a.txt', size: 3 },
  }),
  keeps({ en: 'a preamble does not matter', ru: 'преамбула не мешает' }, contract.request, {
    body: `preamble\r\n${filePart()}${end}`,
    kept: { name: 'a.txt', size: 3 },
  }),
  keeps({ en: 'an epilogue does not matter', ru: 'эпилог не мешает' }, contract.request, {
    body: `${filePart()}${end}epilogue`,
    kept: { name: 'a.txt', size: 3 },
  }),
  keeps({ en: 'a form is recognised without a type', ru: 'форма узнаётся и без типа' }, contract.request, {
    body: filePart() + end,
    type: '',
    kept: { name: 'a.txt', size: 3 },
  }),
]

const emptyFile = 'empty file'
const notUtf8 = "a file's name, or a known parameter, that is not UTF-8"
const nameNotUtf8 = badRequestOfOurs(notUtf8, 'The name of the file is not UTF-8')
const refusedForms: [told: Said, body: Call['body'], type: string | undefined, expected: Refused, source: Source][] = [
  [{ en: 'a form without a part', ru: 'форма без частей' }, end, formType, words.noPart, contract.errors],
  [
    { en: 'a part of another name', ru: 'часть с другим именем' },
    part('name="document"; filename="a.txt"', 'abc') + end,
    formType,
    words.noPart,
    contract.errors,
  ],
  [
    { en: 'a field instead of a file', ru: 'поле вместо файла' },
    part('name="file"', 'abc') + end,
    formType,
    words.noPart,
    contract.errors,
  ],
  [
    { en: 'a file name in windows-1251', ru: 'имя файла в windows-1251' },
    fromLatin1(part('name="file"; filename="\xd1\xf7\xb8\xf2.pdf"', 'abc') + end),
    formType,
    nameNotUtf8,
    choice(notUtf8),
  ],
  [
    { en: 'a file name said to be windows-1251', ru: 'имя файла, названное windows-1251' },
    part('name="file"; filename*=windows-1251\'\'%D1%F7%B8%F2.pdf', 'abc') + end,
    formType,
    nameNotUtf8,
    choice(notUtf8),
  ],
  [{ en: 'no body', ru: 'нет тела' }, '', formType, words.cutOff, contract.errors],
  [{ en: 'no body and no type', ru: 'нет ни тела, ни типа' }, '', undefined, words.noPart, contract.errors],
  [
    { en: 'a type without a boundary', ru: 'тип без boundary' },
    filePart() + end,
    'multipart/form-data',
    words.cutOff,
    contract.errors,
  ],
  [
    { en: 'another boundary', ru: 'другая boundary' },
    filePart() + end,
    'multipart/form-data; boundary=other',
    words.cutOff,
    contract.errors,
  ],
  [
    { en: 'a form without an end', ru: 'форма без конца' },
    filePart('endless'),
    formType,
    words.cutOff,
    contract.errors,
  ],
  [
    { en: 'a form that ends within the file', ru: 'форма обрывается внутри файла' },
    filePart('cut off').slice(0, -4),
    formType,
    words.cutOff,
    contract.errors,
  ],
  [
    { en: 'a form that ends within the head of the part', ru: 'форма обрывается в заголовке части' },
    `--${boundary}\r\nContent-Disp`,
    formType,
    words.cutOff,
    contract.errors,
  ],
  [
    { en: 'two files', ru: 'два файла' },
    filePart('one') + filePart('two') + end,
    formType,
    badRequestOfOurs('more than one file in a request', 'Only one file is allowed in a request'),
    oneFile,
  ],
  [
    { en: 'a body that is no form, without a type', ru: 'тело не в виде формы и без типа' },
    'abc',
    undefined,
    words.noPart,
    contract.errors,
  ],
  [
    { en: 'an empty file', ru: 'пустой файл' },
    formOf({ content: '' }),
    formType,
    badRequestOfOurs(emptyFile, 'file size must be between 1 and 5242880 (rejected value: )'),
    choice(emptyFile),
  ],
  [
    { en: 'a file of 5 MB and a byte', ru: 'файл в 5 МБ и байт' },
    sized(fileMaxBytes + 1),
    formType,
    words.tooBig('5120 KB', '5 MB'),
    contract.limits,
  ],
  [
    { en: 'a file of 5 MB and a byte, not announced', ru: 'файл в 5 МБ и байт без объявленной длины' },
    unsized(fileMaxBytes + 1),
    formType,
    words.tooBig('5120 KB', undefined),
    contract.limits,
  ],
  [
    { en: 'a file of 7.4 MB', ru: 'файл в 7,4 МБ' },
    sized(7.4 * 1024 * 1024),
    formType,
    words.tooBig('5120 KB', '7.4 MB'),
    contract.limits,
  ],
]

const okAlone = asking(
  'sendFileToChat',
  { en: 'whoever sends is told OK and nothing else', ru: 'отправившему отвечают OK и ничего больше' },
  {
    source: contract.schema,
    expects: source => reply => compare(reply, { at: 'body', expected: ok, got: reply.text, source }),
  },
)

const nothingWritten = checkOf(
  'sendFileToChat',
  { en: 'a refused form writes nothing', ru: 'отклонённая форма ничего не пишет' },
  {
    source: contract.chats,
    needs: ['chatId'],
    calls: 2 * refusedForms.length + 4,
    run: async probe => {
      const before = field(await newestMessage(probe), 'messageId')
      for (const [, body = '', type] of refusedForms) {
        const reply = await probe.send(withBody(probe.call('sendFileToChat'), body, type))
        if (reply.status === 200) return status(400)(contract.errors)(reply, probe)
      }
      const reply = await probe.read(probe.call('getChat', { chatId: probe.need('writeChat') }))
      const after = field(await newestMessage(probe), 'messageId')
      return compare(reply, {
        at: 'the newest message of the chat',
        expected: before,
        got: after,
        source: contract.chats,
      })
    },
  },
)

/** Files: sizes, names, and the forms around them. */
export const files: Check[] = [
  ...sizes,
  ...named,
  ...harmless,
  ...refusedForms.map(([{ en, ru }, body = '', type, expected, source]) =>
    asking(
      'sendFileToChat',
      { en: `${en} is refused with 400`, ru: `${ru}: отказ 400` },
      {
        source,
        bend: call => withBody(call, body, type),
        expects: refused(expected),
      },
    ),
  ),
  okAlone,
  nothingWritten,
]
