import { NOBODY, type StoredPlace } from './stored-place.ts'

const UNINSTALL = 'until the plugin is uninstalled'

/** What the WordPress plugin keeps. Of visitors it keeps nothing itself: their browser does, or a collector. */
export const WORDPRESS_PLACES: readonly StoredPlace[] = [
  {
    id: 'wordpress-options',
    title: 'WordPress: options',
    where: 'The table of options.',
    ...NOBODY,
    purpose: 'running the plugin',
    retention: UNINSTALL,
    fields: [
      { name: 'attune_settings', holds: 'the settings' },
      {
        name: 'attune_secret',
        holds: 'the secret that signs, unless wp-config.php names one',
        retention: `${UNINSTALL}, or changed`,
      },
      { name: 'attune_ruleset', holds: 'the published ruleset that is in force' },
      { name: 'attune_compiled', holds: 'the ruleset as PHP reads it' },
      { name: 'attune_public', holds: 'what of the ruleset browsers may see' },
      { name: 'attune_public_revision', holds: 'its revision and hash' },
      { name: 'attune_source', holds: 'how the last fetch of a ruleset went' },
      { name: 'attune_damaged', holds: 'which file of the ruleset could not be read' },
      {
        name: 'attune_keys',
        holds: 'which segment keys a cache keeps pages for, and when each came last',
        retention: 'a day after the last',
      },
      { name: 'attune_rocket_keys', holds: 'which cookies WP Rocket was told of' },
      { name: 'attune_swept<meta>', holds: 'how far the daily sweep came' },
    ],
  },
  {
    id: 'wordpress-files',
    title: 'WordPress: files',
    where: '`wp-content/cache/attune`, or where the filter `attune_cache_dir` says.',
    ...NOBODY,
    purpose: 'deciding quickly',
    retention: 'until the next ruleset is published or the plugin is uninstalled',
    fields: [{ name: '<blog>-<name>.php', holds: 'the ruleset as PHP reads it' }],
  },
  {
    id: 'wordpress-meta',
    title: 'WordPress: metadata',
    where: 'Of users who are signed in, and of posts.',
    ...NOBODY,
    purpose: 'finding where segments and placements are used',
    retention: 'as long as the post, or until the plugin is uninstalled',
    fields: [
      {
        name: '_attune_visitors',
        holds: 'ids under which a signed-in user was known as a visitor',
        about: 'visitor',
        purpose: '`preferences`: exporting and erasing for whoever asks WordPress',
        retention: 'as profiles; swept daily',
        erase: 'WordPress’ own eraser, by e-mail address',
      },
      {
        name: '_attune_erased',
        holds: 'of a signed-in user, when they were erased last',
        about: 'visitor',
        purpose: '`functional`: letting their browsers forget what they keep from before',
        retention: '400 days; swept daily',
        erase: 'deleting the account; an erasure writes it anew',
      },
      {
        name: '_attune_shop',
        holds: 'facts of a customer that the ruleset declares as traits',
        about: 'visitor',
        purpose: '`preferences`: choosing content',
        retention: 'as the account; swept daily',
        erase: 'WordPress’ own eraser, by e-mail address',
      },
      { name: '_attune_segments', holds: 'of a post, which segments it uses' },
      { name: '_attune_placements', holds: 'of a post, which placements it has' },
      { name: '_attune_patterns', holds: 'of a post, which patterns it uses' },
      { name: '_attune_sentences', holds: 'of a revision of the ruleset, its segments in words' },
    ],
  },
]
