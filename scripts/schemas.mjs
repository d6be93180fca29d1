// npm run schemas: writes the JSON Schemas of packages/core/schemas from the types of event, profile and ruleset.
import { below } from './lib/paths.mjs'
import { run } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { findNode, install, isInstalled } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'

async function main() {
  if (!isInstalled()) await step('Installing', install)
  const { code } = await run(findNode(), [below('packages', 'core', 'scripts', 'write-schemas.ts')])
  if (code !== 0) throw new Trouble('The schemas were not written.')
}

main().catch((error) => {
  process.stderr.write(explain(error))
  process.exitCode = 1
})
