import type { WordPressVersion } from './wordpress.ts'

/**
 * The versions that a slow file of tests runs on: in `npm test` the one it names, so that both have their share of such files; both with
 * `ATTUNE_WORDPRESS=all`.
 */
export function versionsOf(share: WordPressVersion): readonly WordPressVersion[] {
  return process.env.ATTUNE_WORDPRESS === 'all' ? ['6.5', '6.7'] : [share]
}
