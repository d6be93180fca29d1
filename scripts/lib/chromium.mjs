import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installDebian, mayInstall } from './debian.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The path of a Chromium on this machine (ATTUNE_CHROMIUM wins), or undefined. */
export function findChromium() {
  if (process.env.ATTUNE_CHROMIUM) return process.env.ATTUNE_CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter)
  const inPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...inPath, ...MAC_APPS].find((path) => existsSync(path))
}

/**
 * Installs Debian's chromium when none is here and this account may.
 * Resolves to undefined when a Chromium is here, else to the sentence that says what to install.
 */
export async function ensureChromium() {
  if (findChromium() !== undefined) return undefined
  const cure =
    'Install the package `chromium` (Debian: apt-get install chromium), or set ATTUNE_CHROMIUM to its path.'
  if (!mayInstall()) return cure
  const log = await installDebian(['chromium'])
  return log === undefined ? undefined : `apt-get could not install chromium (log: ${log}). ${cure}`
}
