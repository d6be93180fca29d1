// A WordPress with Attune as its zip installs it, served by one process of the machine's PHP.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { bundleCore } from '../../packages/wordpress/scripts/bundle-core.mjs'
import { below } from '../../scripts/lib/paths.mjs'
import { ATTUNE, copyAttune } from '../../scripts/lib/wordpress/plugin.mjs'
import { runPhp } from '../../scripts/lib/wordpress/run-php.mjs'
import { configure, copySite } from '../../scripts/lib/wordpress/site-folder.mjs'
import { template } from '../../scripts/lib/wordpress/template.mjs'

// As hosts have it: opcode cache, no JIT, files looked at for changes now and then; no debugging.
const SETTINGS = [
  'opcache.enable=1',
  'opcache.jit=off',
  'opcache.revalidate_freq=60',
  'memory_limit=256M',
  'display_errors=0',
]
// What a theme must have, and no more, so that what is added can be told from what varies.
const THEME = {
  'style.css': '/* Theme Name: Bench */',
  'index.php': `<!doctype html><html <?php language_attributes(); ?>><head><?php wp_head(); ?></head><body>
<?php while ( have_posts() ) { the_post(); the_content(); } wp_footer(); ?></body></html>`,
}

/** Starts it. `seed` is PHP to run inside, with the opening tag left out; `bundled: false` leaves the plugin's files apart. */
export async function startSite({ name, php, secret, seed, bundled = true }) {
  const folder = below('.attune', 'bench', 'wordpress', name)
  rmSync(folder, { recursive: true, force: true })
  copySite(await template('6.5', php), folder)
  const port = await freePort()
  configure(folder, { url: `http://127.0.0.1:${port}`, secret, loopback: false })
  const theme = join(folder, 'wp-content', 'themes', 'bench')
  mkdirSync(theme, { recursive: true })
  for (const [file, text] of Object.entries(THEME)) writeFileSync(join(theme, file), text)
  const must = join(folder, 'wp-content', 'mu-plugins')
  writeFileSync(join(must, 'a-secret.php'), `<?php define( 'ATTUNE_SECRET', '${secret}' );`)
  copyFileSync(below('bench', 'support', 'wordpress-measure.php'), join(must, 'measure.php'))
  copyAttune(folder)
  if (bundled) bundleCore(join(folder, 'wp-content', 'plugins', 'attune'))
  await runPhp({ php, folder, file: below('scripts/lib/wordpress/php/activate.php'), input: [ATTUNE] })
  const file = join(folder, 'seed.php')
  writeFileSync(file, `<?php require __DIR__ . '/wp-load.php'; switch_theme( 'bench' );\n${seed}`)
  await runPhp({ php, folder, file })
  const flags = SETTINGS.flatMap((line) => ['-d', line])
  const router = below('scripts', 'lib', 'wordpress', 'php', 'router.php')
  const child = spawn(php.path, [...flags, '-S', `127.0.0.1:${port}`, '-t', folder, router], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stderr, 'data'), ended])
  child.stderr.resume()
  return {
    folder,
    host: `127.0.0.1:${port}`,
    ask: (path, headers) => ask(port, path, headers),
    stop: async () => {
      child.kill()
      await ended
    },
  }
}

/** One page: its text, what it says of itself, and milliseconds from outside. */
async function ask(port, path, headers = {}) {
  const from = performance.now()
  const { status, body } = await get({ host: '127.0.0.1', port, path, headers, agent: false })
  const outside = performance.now() - from
  const said = /<!--bench (.*?)-->/.exec(body)
  if (status !== 200 || said === null) throw new Error(`${path}: ${status} ${body.slice(0, 2_000)}`)
  return { html: body.replace(said[0], ''), outside, ...JSON.parse(said[1]) }
}

function get(options) {
  return new Promise((resolve, reject) => {
    const asked = request(options, (answer) => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (part) => {
        body += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode, body }))
    })
    asked.on('error', reject).end()
  })
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
