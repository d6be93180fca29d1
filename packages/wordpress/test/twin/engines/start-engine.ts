import { findPhp } from '../../../../../scripts/lib/php.mjs'
import type { Engine } from './engine.ts'
import { startNative } from './native-engine.ts'
import { ANSWER, type Program } from './plugin-folder.ts'
import { startWasm } from './wasm-engine.ts'

/** The version of npm that stands in for a machine's own PHP. */
const STAND_IN = '8.3'

/** Starts the machine's own PHP, or where there is none the one of npm. Throws when ATTUNE_PHP names one that is no good. */
export async function startEngine(program: Program = ANSWER): Promise<Engine> {
  const found = findPhp()
  return found.missing === undefined ? startNative(found, program) : startWasm(STAND_IN, program)
}
