// Draws docs/two-visitors.png: the running shop seen by somebody new and by somebody who looked at hiking gear.
// node scripts/draw-two-visitors.mjs http://localhost:3000   (Node 24, Chromium)
import { writeFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'
import { findChromium } from './lib/chromium.mjs'
import { below } from './lib/paths.mjs'

const [origin = 'http://localhost:3000'] = process.argv.slice(2)
const SIZE = { width: 1180, height: 1000 }
const LOOKED_AT = ['trail-boots', 'rain-jacket', 'day-pack']
const PERSON =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
})
try {
  const pictures = [await shoot([]), await shoot(LOOKED_AT)]
  await writeFile(below('docs', 'two-visitors.png'), await compose(pictures))
} finally {
  await browser.close()
}

async function shoot(products) {
  const context = await browser.newContext({ userAgent: PERSON, viewport: SIZE })
  await context.addCookies([{ name: 'attune_consent', value: 'preferences', url: origin }])
  const page = await context.newPage()
  for (const product of products) {
    const collected = page.waitForResponse(
      (answer) => answer.url().endsWith('/attune/collect') && answer.ok(),
    )
    await page.goto(`${origin}/product/${product}`)
    await collected
  }
  await page.goto(origin, { waitUntil: 'networkidle' })
  const picture = await page.screenshot()
  await context.close()
  return picture.toString('base64')
}

async function compose([first, second]) {
  const page = await browser.newPage({ viewport: { width: 1640, height: 790 } })
  const frame = (title, picture) =>
    `<figure><figcaption>${title}</figcaption><img src="data:image/png;base64,${picture}"></figure>`
  await page.setContent(`<style>
    body { margin: 0; padding: 28px; display: grid; grid-template-columns: 1fr 1fr; gap: 28px; background: #eef0ee;
      font: 600 21px/1.3 system-ui, sans-serif; color: #26302b; box-sizing: border-box; }
    figure { margin: 0; } figcaption { padding: 0 0 12px 4px; }
    img { width: 100%; display: block; border-radius: 10px; box-shadow: 0 6px 24px rgb(0 0 0 / .18); }
  </style>${frame('Somebody new', first)}${frame('Somebody who looked at three hiking products', second)}`)
  return page.screenshot({ clip: { x: 0, y: 0, width: 1640, height: 790 } })
}
