import { choosePhp } from '../../scripts/lib/wordpress/choose-php.mjs'
import { template } from '../../scripts/lib/wordpress/template.mjs'
import type { WordPressVersion } from './wordpress.ts'

const VERSIONS: readonly WordPressVersion[] = ['6.5', '6.7']

/** Fetches and installs each WordPress once, before the files that copy it run side by side. */
export async function setup(): Promise<void> {
  const php = choosePhp()
  for (const version of VERSIONS) await template(version, php)
}
