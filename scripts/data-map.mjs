// npm run data-map: writes docs/privacy from what scripts/data-map says is kept.
import { below } from './lib/paths.mjs'
import { run } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { findNode, install, isInstalled } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'

async function main() {
  if (!isInstalled()) await step('Installing', install)
  const { code } = await run(findNode(), [below('scripts', 'data-map', 'write-map.ts')])
  if (code !== 0) throw new Trouble('The data map was not written.')
}

main().catch((error) => {
  process.stderr.write(explain(error))
  process.exitCode = 1
})
