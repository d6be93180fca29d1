import type { WordPressSite } from '../../support/wordpress.ts'
import { adaptive, addPost, paragraph, variant } from '../../support/wordpress-stage.ts'

const placement = (id: string, mark: string): string =>
  adaptive(
    { placementId: id },
    variant({ key: 'germany', segments: ['germany'] }, paragraph(`MARK-${mark}-GERMANY`)),
    variant({ key: 'keen', segments: ['keen'] }, paragraph(`MARK-${mark}-KEEN`)),
    variant({ key: 'default', isDefault: true }, paragraph(`MARK-${mark}-DEFAULT`)),
  )
const SHORTCODE =
  '[attune segments="keen"]MARK-SHORT-KEEN[attune:else-if segments="germany"]MARK-SHORT-GERMANY[attune:else]MARK-SHORT-DEFAULT[/attune]'

/**
 * Publishes the pages that a Worker is asked for: `/page/` (a block and a shortcode), `/nested/`, `/split/` (an experiment) and `/plain/`. Each
 * text says its placement and for whom it is.
 */
export async function addPages(site: WordPressSite): Promise<void> {
  await addPost(site, {
    name: 'page',
    content: `${placement('one', 'ONE')}<!-- wp:shortcode -->${SHORTCODE}<!-- /wp:shortcode -->`,
  })
  await addPost(site, {
    name: 'nested',
    content: adaptive(
      { placementId: 'outer' },
      variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-OUTER-KEEN'), placement('inner', 'INNER')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-OUTER-DEFAULT')),
    ),
  })
  await addPost(site, { name: 'plain', content: paragraph('MARK-PLAIN') })
  await addPost(site, {
    name: 'split',
    content: adaptive(
      { placementId: 'split', strategy: 'experiment' },
      variant({ key: 'a', share: 0.5 }, paragraph('MARK-A')),
      variant({ key: 'default', isDefault: true, share: 0.5 }, paragraph('MARK-B')),
    ),
  })
}
