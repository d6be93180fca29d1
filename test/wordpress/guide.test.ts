import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { addPost, keenPersona, NOBODY, startStage } from '../support/wordpress-stage.ts'

const GUIDE = new URL('../../docs/guide/wordpress.md', import.meta.url)

/** The rows of the guide's table of shortcodes: text, what somebody new reads, what somebody keen reads. */
const ROWS = [
  ...readFileSync(GUIDE, 'utf8').matchAll(/^\| `([^`]*\[attune[^`]*)` \| ?(.*?) ?\| ?(.*?) ?\|$/gm),
].map(([, text, fresh, keen]) => ({ text: text!, fresh: fresh!, keen: keen! }))

let site: WordPressSite

beforeAll(async () => {
  site = await startStage('6.5')
  await site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`)
  await addPost(site, {
    name: 'guide',
    content: ROWS.map(
      ({ text }) => `<!-- wp:freeform -->\n<section class="row">${text}</section>\n<!-- /wp:freeform -->`,
    ).join('\n'),
  })
})
afterAll(() => site?.stop())

test('every shortcode of the guide reads as it says', async () => {
  expect(ROWS.length).toBeGreaterThan(7)
  const read = async (persona: typeof NOBODY) => {
    const html = await (await site.fetch('/guide/', persona)).text()
    return [...html.matchAll(/<section class="row">(.*?)<\/section>/gs)].map(([, row]) =>
      row!
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
  }
  expect(await read(NOBODY)).toEqual(ROWS.map(({ fresh }) => fresh))
  expect(await read(keenPersona(site))).toEqual(ROWS.map(({ keen }) => keen))
})
