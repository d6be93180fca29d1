// Runs one PHP file in WebAssembly: node run-wasm.mjs <file> <folder …>, the folders being all it sees.
// Its environment is ours; its output goes to standard output, its exit code is ours.
import { createWasmPhp } from './wasm-php.mjs'

const [file, ...folders] = process.argv.slice(2)
const php = await createWasmPhp(folders)
const env = { ATTUNE_SITE: process.env.ATTUNE_SITE ?? '', ATTUNE_INPUT: process.env.ATTUNE_INPUT ?? '' }
const answer = await php.run({ scriptPath: file, env }).catch((error) => error.response)
process.stdout.write(answer?.bytes ?? '')
process.stderr.write(answer?.errors ?? 'PHP ended without an answer.\n')
process.exit(answer?.exitCode ?? 1)
