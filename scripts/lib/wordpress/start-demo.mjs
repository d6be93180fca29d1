import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from '../paths.mjs'
import { step } from '../progress.mjs'
import { Trouble } from '../trouble.mjs'
import { choosePhp } from './choose-php.mjs'
import { DEMO_VERSION, demoFolder, prepareDemo } from './prepare-demo.mjs'
import { pristine } from './pristine.mjs'
import { firstAnswer, serveSite } from './serve-site.mjs'
import { pristineFolder } from './versions.mjs'

const FIRST_ANSWER_MS = 60_000
const log = join(stateFolder, 'logs', 'wordpress.log')

/** Begins to fetch WordPress where it is not here yet, beside whatever else is to be done. */
export function fetchAhead() {
  const wasHere = existsSync(pristineFolder(DEMO_VERSION))
  const fetching = wasHere ? undefined : pristine(DEMO_VERSION)
  // Whoever awaits it hears of the failure; until then it is nobody's.
  fetching?.catch(() => {})
  return fetching
}

/**
 * Prepares and serves the demo's WordPress; resolves once it answers, to `{ url, php, ended, log }`.
 * `fetching` is what `fetchAhead` gave. Throws a Trouble when it cannot be had.
 */
export async function startDemo(port, fetching) {
  // Not localhost: there the cookies would be those of the shop too, for a host's ports share them.
  const url = `http://127.0.0.1:${port}`
  const php = choosePhp()
  if (fetching !== undefined) await step('Fetching WordPress', () => fetching)
  await step('Preparing the WordPress site', () => prepareDemo(php, url))
  return step('Starting WordPress', () => serve(php, port, url))
}

async function serve(php, port, url) {
  const { ended, stop } = serveSite({ folder: demoFolder, port, php, log })
  const answered = await firstAnswer(`${url}/`, ended, FIRST_ANSWER_MS)
  if (answered === 200) return { url, php, ended, log }
  await stop()
  throw new Trouble(failure(answered), { log, cure: 'Mend what the log names.' })
}

function failure(answered) {
  if (answered === 'ended') return "WordPress's server did not start."
  if (answered === undefined) return `WordPress did not answer within ${FIRST_ANSWER_MS / 1000} s.`
  return `WordPress's front page answers ${answered}.`
}
