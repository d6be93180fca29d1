// What ten placements cost a page of WordPress, beside the same page of plain blocks: queries, PHP's own time, bytes of scripts.
// The machine's own PHP with opcode cache is needed. One process answers; a request is measured inside PHP from the first
// plugin on, as CPU time, which other work on the machine disturbs less, and as time on the clock, and from outside.
import { createHmac } from 'node:crypto'
import { loadavg } from 'node:os'
import { gzipSync } from 'node:zlib'
import { findPhp } from '../scripts/lib/php.mjs'
import { middle, percentileOf } from './rules/statistics.mjs'
import { placementsPage, plainPage, rulesets, visitorCookies } from './support/wordpress-pages.mjs'
import { startSite } from './support/wordpress-site.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 300)
const WARM_UP = 10
const PARTS_ROUNDS = 60
const GOAL_MS = 0.3
const INLINE_BUDGET = 1_200
const SECRET = 'a-secret-of-more-than-thirty-two-characters'
const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'

const found = findPhp({ extensions: ['Zend OPcache', 'pdo_sqlite'] })
if (found.missing !== undefined) {
  console.error(
    `${found.missing} Install PHP 8.1 or newer with opcache and SQLite (Debian: php-cli php-sqlite3).`,
  )
  process.exit(1)
}
const php = { kind: 'native', path: found.path, name: `PHP ${found.version}` }
// Who shows the same contents with the least code.
const LEAST = { own: 'least', behaviour: 'least', inline: 'leastAll', edge: 'leastAll' }
const published = rulesets()
const goals = []
const isBusy = loadavg()[0] > 1

console.log(`${php.name}, WordPress 6.5${isBusy ? `; busy machine (load ${loadavg()[0].toFixed(1)})` : ''}`)
const site = await startSite({ name: 'bundled', php, secret: SECRET, seed: seed() })
try {
  const arms = armsOf(site)
  await checkPages(arms)
  await measure(arms)
  await printBytes(arms)
  await printParts(site)
} finally {
  await site.stop()
}
console.log('\ngoals')
for (const { text, isHeld } of goals) console.log(`${text.padEnd(100)}${isHeld ? 'held' : 'BROKEN'}`)
if (goals.some(({ isHeld }) => !isHeld)) process.exitCode = 1

// PHP that publishes both rulesets and makes the pages.
function seed() {
  const text = (value) => `base64_decode( '${Buffer.from(value).toString('base64')}' )`
  const publish = Object.entries(published).map(
    ([name, ruleset]) =>
      `Attune\\publish_ruleset( ${text(JSON.stringify(ruleset))} ); $kept['${name}'] = get_option( 'attune_ruleset' ); copy( Attune\\compiled_path( $kept['${name}']['hash'] ), WP_CONTENT_DIR . '/${name}.php' );`,
  )
  const pages = { plain: plainPage(), ten: placementsPage('auto') }
  const insert = Object.entries(pages).map(
    ([name, content]) =>
      `wp_insert_post( wp_slash( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_name' => '${name}', 'post_title' => '${name}', 'post_content' => ${text(content)} ) ) );`,
  )
  return [
    ...publish,
    // Publishing removes the files of others; both are wanted here.
    `foreach ( $kept as $name => $in ) { copy( WP_CONTENT_DIR . "/$name.php", Attune\\compiled_path( $in['hash'] ) ); }`,
    `add_option( 'bench_rulesets', $kept, '', true );`,
    `Attune\\save_settings( array( 'geo_header' => 'CF-IPCountry' ) );`,
    ...insert,
  ].join('\n')
}

function armsOf({ host, ask }) {
  const now = Date.now()
  const cookie = visitorCookies(published.behaviour, { secret: SECRET, host, now })
  const known = {
    'user-agent': AGENT,
    'cf-ipcountry': 'GB',
    'accept-language': 'en-GB',
    referer: 'https://search.example/',
  }
  const unix = Math.floor(now / 1000)
  const edge = `v1.${unix}.${createHmac('sha256', SECRET).update(`edge\n${unix}\n${host}`).digest('hex')}`
  const arm = (label, path, how, headers = {}) => ({
    label,
    ask: () => ask(path, { ...known, 'x-bench': how, ...headers }),
  })
  return {
    without: arm('plain blocks, Attune not active', '/plain/', 'without'),
    plain: arm('plain blocks', '/plain/', 'cached'),
    least: arm('the same blocks, by the least that shows one', '/ten/', 'least'),
    leastAll: arm('the same blocks, by the least that shows all', '/ten/', 'least-all'),
    own: arm('server: 100 segments of attributes', '/ten/', 'own'),
    behaviour: arm('server: 100 segments of behaviour, by the token', '/ten/', 'own', {
      cookie,
      'x-ruleset': 'behaviour',
    }),
    inline: arm('inline: 100 segments of attributes', '/ten/', 'cached'),
    edge: arm('edge: 100 segments of attributes', '/ten/', 'cached', { 'x-attune-edge': edge }),
  }
}

/** Each page shows ten pieces as it should, and asks the database as often as the plain one. */
async function checkPages(arms) {
  for (const arm of Object.values(arms)) for (let turn = 0; turn < WARM_UP; turn++) await arm.ask()
  const { queries } = await arms.without.ask()
  for (const [name, arm] of Object.entries(arms)) {
    const page = await arm.ask()
    const shown = page.html.replace(/<script.*?<\/script>/gs, '')
    const pieces = shown.match(/Piece \d|Variant \d/g)?.length ?? 0
    const wanted = { leastAll: 40, inline: 40, edge: 40 }[name] ?? 10
    if (pieces !== wanted) throw new Error(`The page "${arm.label}" holds ${pieces} pieces, not ${wanted}.`)
    if (page.queries !== queries)
      throw new Error(
        `The page "${arm.label}" asks the database ${page.queries} times, the plain one ${queries} times.`,
      )
  }
  console.log(`queries: ${queries} on every page, with placements and without\n`)
}

async function measure(arms) {
  const names = Object.keys(arms)
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const times = {}
    for (let at = 0; at < names.length; at++) {
      const name = names[(at + round) % names.length]
      times[name] = await arms[name].ask()
    }
    rounds.push(times)
  }
  console.log(
    `${ROUNDS} rounds, another page first each time; ms of CPU, medians and quartiles; what is added is within a round`,
  )
  console.log(
    `${''.padEnd(50)}${row(['a request', 'to plain blocks', 'to the least', 'outside, on the clock'])}`,
  )
  const cpu = (name) => rounds.map((times) => times[name].cpu / 1000)
  const added = (name, to) => rounds.map((times) => (times[name].cpu - times[to].cpu) / 1000)
  for (const name of names) {
    const outside = rounds.map((times) => times[name].outside)
    const least = LEAST[name] === undefined ? '' : spread(added(name, LEAST[name]))
    console.log(
      `${arms[name].label.padEnd(50)}${row([spread(cpu(name)), spread(added(name, 'plain')), least, spread(outside)])}`,
    )
  }
  for (const name of ['own', 'inline']) {
    const ms = middle(added(name, 'plain'))
    const ratio = middle(cpu(name)) / middle(cpu('plain'))
    const text = `${arms[name].label}: ≤ ${GOAL_MS} ms added to plain blocks: ${ms.toFixed(2)} ms, ${ratio.toFixed(2)} ×`
    goals.push({ text, isHeld: ms <= GOAL_MS })
  }
}

function row(cells) {
  return cells.map((cell) => cell.padEnd(25)).join('')
}

async function printBytes(arms) {
  console.log('\nscripts of Attune in the page, bytes as gzip')
  for (const name of ['own', 'behaviour', 'inline', 'edge']) {
    const { html } = await arms[name].ask()
    const inline = [
      ...new Set([...html.matchAll(/<script data-cfasync[^>]*>(.*?)<\/script>/gs)].map(([, text]) => text)),
    ]
    const bytes = inline.length === 0 ? 0 : gzipSync(inline.join('\n'), { level: 9 }).length
    const config =
      /<script type="application\/json" id="attune-config">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
    const script = html.includes('id="attune-js"') ? ', and the deferred script of the page' : ''
    console.log(
      `${arms[name].label.padEnd(50)}${String(bytes).padStart(6)} inline${script}${config && `; its settings ${gzipSync(config).length}`}`,
    )
    if (name === 'inline')
      goals.push({
        text: `inline: ≤ ${INLINE_BUDGET} bytes inline: ${bytes}`,
        isHeld: bytes > 0 && bytes <= INLINE_BUDGET,
      })
    else if (name !== 'behaviour')
      goals.push({ text: `${name}: no script: ${bytes}${script}`, isHeld: bytes === 0 && script === '' })
  }
}

/** What is loaded, by itself: in two files as the zip has it, and in its many. */
async function printParts(bundled) {
  const loose = await startSite({ name: 'loose', php, secret: SECRET, seed: seed(), bundled: false })
  try {
    console.log('\nloading, ms: medians and quartiles')
    for (const [label, { ask }] of [
      ['in one file each', bundled],
      ['in many files', loose],
    ]) {
      for (let turn = 0; turn < WARM_UP; turn++)
        await ask('/ten/', { 'x-bench': 'parts', 'user-agent': AGENT })
      const parts = []
      for (let turn = 0; turn < PARTS_ROUNDS; turn++)
        parts.push((await ask('/ten/', { 'x-bench': 'parts', 'user-agent': AGENT })).parts)
      const of = (name) =>
        spread(
          parts.map((part) => part[name] / 1000),
          3,
        )
      console.log(
        `${label.padEnd(20)}core ${of('core')}   what shows placements ${of('stage')}   ruleset ${of('ruleset')}`,
      )
    }
  } finally {
    await loose.stop()
  }
}

function spread(values, digits = 2) {
  const at = (share) => percentileOf(values, share).toFixed(digits)
  return `${at(0.5)} (${at(0.25)}–${at(0.75)})`
}
