import { existsSync } from 'node:fs'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** What a Chromium needs to run as root, in a container and without asking the network for anything of its own. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The path of the machine's Chromium (ATTUNE_CHROMIUM wins). Throws with the cure when there is none. */
export function chromiumPath(): string {
  const path = process.env.ATTUNE_CHROMIUM || USUAL_PLACES.find((place) => existsSync(place))
  if (path !== undefined) return path
  throw new Error(
    '[e2e] chromium: no Chromium on this machine. Install the package `chromium` ' +
      '(Debian: apt-get install chromium), or set ATTUNE_CHROMIUM to its path.',
  )
}
