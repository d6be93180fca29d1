import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A path below the root. */
export const below = (...parts) => join(root, ...parts)

/** What is kept between runs: secret, profile store, logs. Ignored by git. */
export const stateFolder = below('.attune')

export const shopFolder = below('examples', 'next-shop')
