import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { stateFolder } from '../paths.mjs'

/** Everything of WordPress that is kept between runs: pristine copies, installed templates, the demo site. */
export const wordpressFolder = join(stateFolder, 'wordpress')

/** Where the tests put their sites; each is gone when its test ends. */
export const testSites = join(wordpressFolder, 'sites')

/**
 * The versions that can be had from npm, by the name asked for: the oldest the plugin runs on, and the newest.
 * `zip` holds the PHP of a release, `assets` its scripts, styles and pictures.
 */
export const VERSIONS = {
  6.5: { release: '6.5.5', zip: 'wp-6.5.zip', assets: 'wp-6.5' },
  6.7: { release: '6.7-alpha-58716', zip: 'wp-nightly.zip', assets: 'wp-nightly' },
}

/** What is fetched, with the digest that npm publishes for it. */
export const WORDPRESS_PACKAGE = {
  spec: '@wp-playground/wordpress-builds@0.9.19',
  integrity:
    'sha512-dlqvh/MJDpE5W68vgPPKUjpip6zMuBh59L3D18ZX+pdwurC4q4ydrTww/3sTMV69BBcoH6kF93YtAtujNC5Mpw==',
}

/** Of this package only the zip of the SQLite drop-in is used; its dependencies are not fetched. */
export const SQLITE_PACKAGE = {
  spec: '@wp-playground/cli@3.1.56',
  integrity:
    'sha512-JTxl6djPEM2YRYz/w+BUoyoCvhSGHIjqMi4fMV1b8o1UPNvZatLaS7opo57UsrVElXrfdZwvi6IuyS4LswUx9Q==',
}

/** Where releases lie as they came: another folder when what is fetched changes. */
export const pristineFolders = join(wordpressFolder, 'pristine')
const fetchedName = createHash('sha256')
  .update(WORDPRESS_PACKAGE.integrity + SQLITE_PACKAGE.integrity)
  .digest('hex')
  .slice(0, 16)

/** Where a version lies as it came, once it was fetched. */
export const pristineFolder = (version) => join(pristineFolders, fetchedName, VERSIONS[version].release)
