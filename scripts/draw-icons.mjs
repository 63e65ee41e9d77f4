// Draws the icons that are not vectors from src/web/desk/mark.svg: iOS and installers take no SVG. Run it when the mark changes;
// a browser test compares them.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../test/support/chromium.ts'

const desk = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src/web/desk')
const mark = readFileSync(join(desk, 'mark.svg'), 'utf8')
// Whoever masks an icon may cut off everything outside of a circle of 80 %: the whole square is filled, the picture is smaller.
const filled = mark
  .replace(' rx="8"', '')
  .replace('<path ', '<path transform="translate(16 16) scale(0.85) translate(-16 -16)" ')

const icons = [
  { name: 'icon-192', size: 192, svg: mark },
  { name: 'icon-512', size: 512, svg: mark },
  { name: 'icon-maskable-512', size: 512, svg: filled },
  { name: 'icon-touch-180', size: 180, svg: filled },
]

const browser = await launchChromium()
const page = await browser.newPage()
for (const { name, size, svg } of icons) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>* { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`)
  writeFileSync(join(desk, 'icons', `${name}.png`), await page.screenshot({ omitBackground: true }))
}
await browser.close()
