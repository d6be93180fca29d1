// npm start [-- --no-wordpress]: installs, builds and serves the demo shop and a WordPress until Ctrl-C. Needs only Node.js 20 and npm.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addressLines } from './lib/addresses.mjs'
import { buildPackages, buildShop, nextProgram } from './lib/build.mjs'
import { below, shopFolder, stateFolder } from './lib/paths.mjs'
import { checkPort, readPort } from './lib/port.mjs'
import { endAll, onStop, start } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { demoEnv } from './lib/secret.mjs'
import { findNode, install, toolEnv } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'
import { fetchAhead, startDemo } from './lib/wordpress/start-demo.mjs'

const ANSWER_LIMIT_MS = 60_000
const ASK_EVERY_MS = 200
const WORDPRESS_PORT = 'ATTUNE_WORDPRESS_PORT'

const log = join(stateFolder, 'logs', 'shop.log')
let up = false
let stopping = false

onStop(async (reason) => {
  stopping = true
  process.stderr.write('\n  Stopping … ')
  await endAll()
  process.stderr.write('done\n')
  process.exit(up || reason === 'SIGINT' ? 0 : 1)
})

async function main() {
  const ports = await readPorts(process.argv.slice(2))
  const env = demoEnv()
  process.stderr.write('\n')
  await step('Installing', install)
  findNode()
  const fetching = ports.wordpress === undefined ? undefined : fetchAhead()
  if (!existsSync(nextProgram())) {
    throw new Trouble('Next.js is not installed for examples/next-shop.', {
      log: join(stateFolder, 'logs', 'install.log'),
      cure: 'Remove node_modules and run npm start again.',
    })
  }
  await step('Building the packages', buildPackages)
  await step('Building the shop', () => buildShop(env))
  const server = await step('Starting the shop', () => serve(ports.shop, env))
  up = true
  const wordpress = ports.wordpress === undefined ? undefined : await tryWordPress(ports.wordpress, fetching)
  const lines = await addressLines(`http://localhost:${ports.shop}`, env.ATTUNE_SECRET, wordpress)
  process.stdout.write(`${lines.join('\n')}\n`)
  const { code } = await server.ended
  throw new Trouble(`The shop's server ended by itself (${code}).`, { log, cure: 'npm start' })
}

async function readPorts(given) {
  const unknown = given.find((word) => word !== '--no-wordpress')
  if (unknown !== undefined)
    throw new Trouble(`npm start knows no "${unknown}".`, { cure: 'npm start -- --no-wordpress' })
  const shop = readPort()
  await checkPort(shop)
  if (given.length > 0) return { shop }
  const wordpress = readPort(WORDPRESS_PORT, 8080)
  if (wordpress === shop) {
    const cure = `${WORDPRESS_PORT}=${shop + 1} npm start`
    throw new Trouble(`The shop and WordPress cannot both have port ${shop}.`, { cure })
  }
  await checkPort(wordpress, WORDPRESS_PORT)
  return { shop, wordpress }
}

/** The demo's WordPress, or undefined: the shop does not wait for what this machine cannot have. */
async function tryWordPress(port, fetching) {
  try {
    const wordpress = await startDemo(port, fetching)
    wordpress.ended.then(({ code }) => {
      if (stopping) return
      const ended = new Trouble(`WordPress's server ended by itself (${code}).`, {
        log: wordpress.log,
        cure: 'npm start',
      })
      process.stderr.write(explain(ended))
    })
    return wordpress
  } catch (error) {
    if (!stopping) process.stderr.write(`${explain(error)}\n  The shop goes on without WordPress.\n`)
    return undefined
  }
}

async function serve(port, env) {
  const guard = below('scripts', 'lib', 'end-with-parent.mjs')
  const args = ['--import', guard, nextProgram(), 'start', '-p', String(port)]
  const server = start(findNode(), args, {
    cwd: shopFolder,
    env: toolEnv({ ...env, NODE_ENV: 'production' }),
    log,
  })
  const answered = await Promise.race([
    firstAnswer(`http://localhost:${port}/`),
    server.ended.then(() => 'ended'),
  ])
  if (answered === 'ended')
    throw new Trouble("The shop's server did not start.", { log, cure: 'Read the log.' })
  if (answered === undefined) {
    throw new Trouble(`The shop did not answer within ${ANSWER_LIMIT_MS / 1000} s.`, {
      log,
      cure: 'npm start',
    })
  }
  if (answered >= 500) {
    throw new Trouble(`The shop's home page answers ${answered}.`, { log, cure: 'Mend what the log names.' })
  }
  return server
}

async function firstAnswer(url) {
  const limit = performance.now() + ANSWER_LIMIT_MS
  while (performance.now() < limit) {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined)
    if (answer !== undefined) return answer.status
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return undefined
}

main().catch(async (error) => {
  // What was ended on purpose did not fail.
  if (stopping) return
  process.stderr.write(explain(error))
  await endAll()
  process.exit(1)
})
