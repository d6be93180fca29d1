import { constants, existsSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { CONSENT_DATABASE } from '../options/open-consent-log.ts'
import type { LookAtPart } from '../telemetry/health.ts'

/**
 * Looks whether proofs of consent can be kept in a folder: whether SQLite is there, and whether the file is ours to write, or may be made. It
 * makes nothing: a site that proves nothing gets no file.
 * @param trouble Why the file could not be opened when it was last asked for, if so.
 */
export function lookAtProofs(folder: string, trouble: () => string | undefined): LookAtPart {
  return async () => {
    if (!isBuiltin('node:sqlite')) {
      return {
        why: `Node ${process.versions.node} has no SQLite. Use Node 24, or 22.13 and later. ${REFUSED}`,
      }
    }
    // What is plainly wrong with the file says more than SQLite does of it.
    const why = (await whyNot(join(folder, CONSENT_DATABASE))) ?? trouble()
    return why === undefined ? {} : { why: `${why} ${REFUSED}` }
  }
}

const REFUSED = 'Until then no proof of consent is kept, and /attune/consent answers 503.'

async function whyNot(file: string): Promise<string | undefined> {
  try {
    const known = existsSync(file) ? await stat(file) : undefined
    if (known?.isFile() === false) return `${file} is no file. Move it away.`
    if (known !== undefined) await access(file, constants.R_OK | constants.W_OK)
    // Beside it SQLite keeps two more while it is open.
    await access(nearestThere(dirname(file)), constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return `${file} cannot be written: ${why}. Set ATTUNE_DATA to a folder that this user may write to.`
  }
}

function nearestThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder))
}
