import { crc32, deflateSync } from 'node:zlib'

type Colour = readonly [red: number, green: number, blue: number]
export type Paint = (x: number, y: number) => Colour

const width = 480
const height = 360

const painted = new Map<Paint, Buffer>()

/** A PNG of 480 × 360, painted once. Nobody may change its bytes. */
export function makePng(paint: Paint): Buffer {
  const png = painted.get(paint) ?? paintPng(paint)
  painted.set(paint, png)
  return png
}

/** Point by point; x and y run from 0 to 1. */
function paintPng(paint: Paint): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(paint(x / width, y / height), y * (1 + width * 3) + 1 + x * 3)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

const table: Colour = [214, 196, 170]
const distance = (x: number, y: number, toX: number, toY: number) => Math.sqrt(((x - toX) * 1.33) ** 2 + (y - toY) ** 2)

/** A blue mug on a table, with a chip out of its rim. */
const chippedMug: Paint = (x, y) => {
  const isBody = x > 0.32 && x < 0.62 && y > 0.25 && y < 0.82
  const ring = distance(x, y, 0.64, 0.5)
  if (distance(x, y, 0.57, 0.25) < 0.055) return table
  if (isBody) return [52 + x * 60, 96 + x * 60, 150 + x * 60]
  if (x > 0.6 && ring > 0.11 && ring < 0.17) return [70, 116, 172]
  return y > 0.82 && x > 0.28 && x < 0.68 ? [176, 158, 134] : table
}

/** A jumper whose sleeves are of two colours. */
const twoColouredJumper: Paint = (x, y) => {
  const isBody = x > 0.33 && x < 0.67 && y > 0.2 && y < 0.88
  const isLeft = x > 0.14 && x <= 0.33 && y > 0.22 + (0.33 - x) * 0.9 && y < 0.5 + (0.33 - x) * 1.4
  const isRight = x >= 0.67 && x < 0.86 && y > 0.22 + (x - 0.67) * 0.9 && y < 0.5 + (x - 0.67) * 1.4
  if (distance(x, y, 0.5, 0.18) < 0.1) return [238, 234, 228]
  if (isRight) return [120, 52, 60]
  return isBody || isLeft ? [150, 60, 74] : [238, 234, 228]
}

/** An open parcel with a book whose corner is crushed. */
const crushedBook: Paint = (x, y) => {
  const isBox = x > 0.15 && x < 0.85 && y > 0.18 && y < 0.86
  const isBook = x > 0.28 && x < 0.72 && y > 0.28 && y < 0.76
  if (isBook && x + y > 1.38) return [232, 226, 210]
  if (isBook) return y < 0.4 ? [196, 150, 62] : [44, 92, 78]
  return isBox ? [186, 150, 108] : [120, 110, 104]
}

export const pictures = { chippedMug, twoColouredJumper, crushedBook }
export type PictureName = keyof typeof pictures
