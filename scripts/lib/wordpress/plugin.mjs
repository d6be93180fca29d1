import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { below } from '../paths.mjs'

const source = below('packages', 'wordpress')
// What the installable zip holds.
const SHIPPED = ['attune.php', 'uninstall.php', 'readme.txt', 'includes', 'build', 'languages', 'patterns']

/** The plugin as WordPress names it. */
export const ATTUNE = 'attune/attune.php'

/** Puts the plugin as it is built now into a site. */
export function copyAttune(folder) {
  const target = join(folder, 'wp-content', 'plugins', 'attune')
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  for (const name of SHIPPED.filter((name) => existsSync(join(source, name))))
    cpSync(join(source, name), join(target, name), { recursive: true })
}
