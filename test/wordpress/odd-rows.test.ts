import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { addPost, allMarksOf, NOBODY, startStage } from '../support/wordpress-stage.ts'

const row = (attune: unknown, mark: string): string =>
  `<!-- wp:paragraph ${JSON.stringify({ metadata: { attune } })} --><p>${mark}</p><!-- /wp:paragraph -->`

// Everybody is in `sale`. The editor is asked the same in packages/wordpress/test/editor/kept.test.ts.
const ROWS = [
  row([], 'MARK-NO-ROW'),
  row({ show: 'any' }, 'MARK-NOTHING-SAID'),
  row({ show: 'all', segments: [] }, 'MARK-NO-SEGMENTS'),
  row({ show: 'sideways', segments: [] }, 'MARK-UNKNOWN-AND-NO-SEGMENTS'),
  row({ segments: ['sale'] }, 'MARK-ANY'),
  row({ show: 'all', segments: { a: 'sale' } }, 'MARK-BY-NAME'),
  row({ show: 'sideways', segments: ['sale'] }, 'MARK-BAD-WORD'),
  row({ show: '', segments: ['sale'] }, 'MARK-BAD-EMPTY-WORD'),
  row({ show: 'any', segments: 'sale' }, 'MARK-BAD-LIST'),
  row({ show: 'any', segments: ['sale', 7] }, 'MARK-BAD-SEGMENT'),
  row({ show: 'all', segments: ['x'.repeat(257)] }, 'MARK-BAD-LENGTH'),
  row({ show: 'none', segments: Array.from({ length: 65 }, String) }, 'MARK-NONE-OF-TOO-MANY'),
  row({ show: 'none', segments: 'sale' }, 'MARK-NONE-OF-NO-LIST'),
]

const SHOWN = ROWS.flatMap(allMarksOf).filter((mark) => !mark.startsWith('MARK-BAD'))

let site: WordPressSite
beforeAll(async () => {
  site = await startStage('6.5')
  await addPost(site, { name: 'odd', content: ROWS.join('') })
})
afterAll(() => site?.stop())

test.each([
  ['decided for its visitor', 'none'],
  ['that a cache may keep', 'auto'],
])(
  'on a page %s a row that cannot be read shows nobody what is for some, and hides nothing',
  async (_, cache) => {
    await site.php(`Attune\\save_settings( array( 'page_cache' => '${cache}' ) );`)
    expect(allMarksOf(await (await site.fetch('/odd/', NOBODY)).text())).toEqual(SHOWN)
  },
)

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
