// npm test [-- lint | types | build | unit | wordpress | e2e] [file filter …]: every check of the repository, or a part of it.
import { readdirSync } from 'node:fs'
import { buildHeadless, buildPackages, buildShop } from './lib/build.mjs'
import { ensureChromium, findChromium } from './lib/chromium.mjs'
import { ensureRedis } from './lib/ensure-redis.mjs'
import { below } from './lib/paths.mjs'
import { endAll, onStop, run } from './lib/processes.mjs'
import { shopEnv } from './lib/secret.mjs'
import { findNode, install, toolEnv } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'
import { runVitest } from './lib/vitest.mjs'
import { ensurePhp } from './lib/wordpress/ensure-php.mjs'

const PARTS = ['lint', 'types', 'build', 'unit', 'wordpress', 'e2e']
const AFTER_BUILD = ['test/wordpress', 'test/e2e', 'test/edges', 'test/faults', 'test/package']

const ON_WASM = ['site', 'demo-site', 'headless', 'first-paint', 'guide'].map(
  (name) => `test/wordpress/${name}.test.ts`,
)

const { parts, filters } = readArguments(process.argv.slice(2))
const total = { passed: 0, failed: 0, skipped: 0 }
const broken = []

onStop(async () => {
  await endAll()
  process.exit(130)
})

async function main() {
  if (!(await check('install', install))) return
  const needChromium = parts.includes('e2e') || parts.includes('wordpress')
  const missingChromium = needChromium ? await ensureChromium() : undefined
  if (missingChromium !== undefined) process.stdout.write(`\n! ${missingChromium}\n`)
  const missingRedis = parts.includes('unit') || parts.includes('e2e') ? await ensureRedis() : undefined
  if (missingRedis !== undefined) process.stdout.write(`\n! ${missingRedis}\n`)
  // Before the unit tests: the twin is asked on the same PHP.
  const php = parts.includes('wordpress') ? await ensurePhp() : undefined
  if (parts.includes('lint')) await check('lint and format', lint)
  if (parts.includes('types')) await check('types', types)
  const needBuild = ['build', 'wordpress', 'e2e'].some((part) => parts.includes(part))
  const packagesBuilt = needBuild && (await check('build the packages', buildPackages))
  if (parts.includes('unit')) await vitest('unit')
  if (parts.includes('wordpress') && packagesBuilt) {
    await check('build the headless front', buildHeadless)
    await wordpress(php)
  }
  const needShop = parts.includes('build') || parts.includes('e2e')
  const shopBuilt = packagesBuilt && needShop && (await check('build the shop', () => buildShop(shopEnv())))
  if (parts.includes('e2e')) await endToEnd(packagesBuilt, shopBuilt)
}

const lint = () => tool('@biomejs/biome/bin/biome', ['check', '.'], 'npx biome check --write .')
const types = () => tool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json'], 'Mend the types.')

// PHP in WebAssembly is ten times slower: there the part of the tests runs that shows that it works at all.
async function wordpress({ kind, why }) {
  const env = { ATTUNE_CHROMIUM: findChromium() ?? '' }
  if (kind === 'native' || filters.length > 0) return vitest('wordpress', env)
  await vitest('wordpress', env, ON_WASM)
  const left = readdirSync(below('test/wordpress')).filter(
    (name) => name.endsWith('.test.ts') && !ON_WASM.includes(`test/wordpress/${name}`),
  )
  total.skipped += left.length
  process.stdout.write(
    `\n! ${left.length} files of WordPress tests were left out: they need a PHP of this machine. ${why}\n${left.map((name) => `  ${name}\n`).join('')}`,
  )
}

async function endToEnd(packagesBuilt, shopBuilt) {
  if (!packagesBuilt) return
  const env = { ...shopEnv(), ATTUNE_CHROMIUM: findChromium() ?? '' }
  if (shopBuilt) {
    await vitest('browser', env)
    await vitest('e2e', env)
  }
  // Without the shop, the packages' shape can still be checked; the failed build is counted already.
  else if (filters.length === 0) await vitest('e2e', env, ['test/package'])
}

async function vitest(project, env = {}, only = filters) {
  heading(project)
  const counts = await runVitest(project, only, { env, mayBeEmpty: only.length > 0 })
  for (const key of Object.keys(total)) total[key] += counts[key]
  broken.push(...counts.broken)
}

/** Runs one step and counts it as one test, except the install, which counts only when it fails. */
async function check(name, work) {
  heading(name)
  try {
    await work()
    if (name !== 'install') total.passed += 1
    return true
  } catch (error) {
    process.stdout.write(explain(error))
    total.failed += 1
    broken.push(name)
    return false
  }
}

async function tool(program, args, cure) {
  const { code } = await run(findNode(), [below('node_modules', program), ...args], { env: toolEnv() })
  if (code !== 0) throw new Trouble('It found what the lines above say.', { cure })
}

function heading(name) {
  process.stdout.write(`\n— ${name}\n`)
}

function readArguments(given) {
  const named = given.filter((word) => PARTS.includes(word))
  const filters = given.filter((word) => !PARTS.includes(word))
  if (named.length > 0) return { parts: named, filters }
  if (filters.length === 0) return { parts: PARTS, filters }
  return { parts: filters.some(needsBuild) ? ['unit', 'wordpress', 'e2e'] : ['unit'], filters }
}

function needsBuild(filter) {
  return filesAfterBuild().some((path) => path.includes(filter))
}

function filesAfterBuild() {
  return AFTER_BUILD.flatMap((folder) => {
    try {
      return readdirSync(below(folder), { recursive: true }).map((name) => `${folder}/${name}`)
    } catch {
      return []
    }
  })
}

main()
  .catch((error) => {
    process.stdout.write(explain(error))
    total.failed += 1
  })
  .finally(async () => {
    await endAll()
    if (broken.length > 0) process.stdout.write(`\nFailed:\n${broken.map((name) => `  ${name}\n`).join('')}`)
    process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
    process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
  })
