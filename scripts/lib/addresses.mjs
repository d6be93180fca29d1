import { pathToFileURL } from 'node:url'
import { below } from './paths.mjs'

/** The lines `npm start` prints when the shop answers. A new page or tool worth knowing gets its line here. */
export async function addressLines(origin, secret) {
  return [
    '',
    `  Shop       ${origin}/`,
    `  Collector  ${origin}/attune/collect  (POST)`,
    `  Preview    ${await previewLink(origin, secret)}`,
    '             opens the shop with the overlay that says why each placement shows what it shows; good for a day',
    '',
    '  Ctrl-C ends it.',
    '',
  ]
}

async function previewLink(origin, secret) {
  const { createPreviewLink } = await import(pathToFileURL(below('packages', 'next', 'dist', 'preview.js')))
  return createPreviewLink({ origin, secret })
}
