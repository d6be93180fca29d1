import { fileURLToPath } from 'node:url'

/** The plugin's folder. */
export const PLUGIN_FOLDER: string = fileURLToPath(new URL('../../../', import.meta.url))

/** A program of the plugin that answers a line for each line, as a path below the plugin's folder. */
export type Program = 'test/twin/php/answer.php' | 'test/twin/php/consent.php' | 'bin/evaluate.php'
/** The one that vectors and chance ask. */
export const ANSWER: Program = 'test/twin/php/answer.php'
