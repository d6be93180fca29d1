import { pathToFileURL } from 'node:url'
import { below } from './paths.mjs'
import { USERS } from './wordpress/template.mjs'

/**
 * The lines `npm start` prints when everything answers. A new page or tool worth knowing gets its line here.
 * `wordpress` is what startDemo made; undefined when it was left out.
 */
export async function addressLines(origin, secret, wordpress) {
  return [
    '',
    `  Shop       ${origin}/`,
    `  Collector  ${origin}/attune/collect  (POST)`,
    `  Preview    ${await previewLink(origin, secret)}`,
    '             opens the shop with the overlay that says why each placement shows what it shows; good for a day',
    ...(wordpress === undefined ? [] : wordpressLines(wordpress)),
    '',
    '  Ctrl-C ends it.',
    '',
  ]
}

function wordpressLines({ url, php }) {
  return [
    '',
    `  WordPress  ${url}/  (${php.name})`,
    `  Editor     ${url}/wp-admin/  user: editor, password: ${USERS.editor}`,
    `             segments and settings are for the administrator: user: admin, password: ${USERS.admin}`,
  ]
}

async function previewLink(origin, secret) {
  const { createPreviewLink } = await import(pathToFileURL(below('packages', 'next', 'dist', 'preview.js')))
  return createPreviewLink({ origin, secret })
}
