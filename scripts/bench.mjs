// npm run bench [-- name …]: every bench/*.bench.{mjs,ts}, or those whose name contains a given word, one after another.
import { readdirSync, readFileSync } from 'node:fs'
import { buildPackages, buildShop } from './lib/build.mjs'
import { below } from './lib/paths.mjs'
import { endAll, onStop, run } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { shopEnv } from './lib/secret.mjs'
import { findNode, install, isInstalled, toolEnv } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'

// A benchmark that serves the demo shop says so in a line of its own.
const NEEDS_SHOP = /^\/\/ needs: shop$/m

onStop(async () => {
  await endAll()
  process.exit(130)
})

async function main() {
  const benches = pick(process.argv.slice(2))
  if (!isInstalled()) await step('Installing', install)
  await step('Building the packages', buildPackages)
  if (benches.some((file) => NEEDS_SHOP.test(readFileSync(file, 'utf8')))) {
    await step('Building the shop', () => buildShop(shopEnv()))
  }
  const failed = []
  for (const file of benches) {
    process.stderr.write(`\n— ${file}\n`)
    const flags = ['--disable-warning=ExperimentalWarning', '--expose-gc']
    const { code } = await run(findNode(), [...flags, file], { env: toolEnv(shopEnv()) })
    if (code !== 0) failed.push(file)
  }
  if (failed.length > 0) throw new Trouble(`These benchmarks failed: ${failed.join(', ')}.`)
}

const benchName = (file) => file.split('.bench.')[0]

function pick(words) {
  const all = readdirSync(below('bench')).filter((name) => /\.bench\.(mjs|ts)$/.test(name))
  const picked = all.filter(
    (name) => words.length === 0 || words.some((word) => benchName(name).includes(word)),
  )
  if (picked.length > 0) return picked.sort().map((name) => below('bench', name))
  throw new Trouble(`No benchmark is called "${words.join(' ')}".`, {
    cure: `There are: ${all.map(benchName).join(', ') || 'none yet'}.`,
  })
}

main().catch((error) => {
  process.stderr.write(explain(error))
  process.exitCode = 1
})
