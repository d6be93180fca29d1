// Makes one file of many, in a copy of the plugin, as includes/load.php expects them: base.php of what every request needs,
// stage.php of the rooms that show placements; of includes/core three: core.php of what the stage uses, code.php of what it uses
// where a visitor or editor has something signed, rest.php of everything else. PHP pays for every function of a file that it loads.
// The files hold declarations alone, so that their order does not matter to PHP.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { declarationsOf, inline, namesIn, qualify, scalarOf, withoutComments } from './php-source.mjs'

// Rooms, then files beside them.
const BUNDLES = {
  base: [
    ['settings', 'ruleset', 'gate'],
    ['block-place.php', 'cache-adapter.php'],
  ],
  stage: [
    ['visitor', 'consent', 'context', 'profile', 'placement', 'delivery', 'cache'],
    ['personalize.php', 'render-placement.php', 'settle-blocks.php'],
  ],
}
// What opens or makes something signed; whoever calls them loads code.php before: load_code() in includes/load.php.
const SIGNED =
  'create_seal_keys read_visitor is_account_cookie decode_token Visitor_Token seal unseal to_payload from_payload'.split(
    ' ',
  )
// Who calls these loads everything.
const REST = 'read_json parse_profile'.split(' ')

/** Bundles in a plugin folder; never in the source, where the bundles would fall behind. */
export function bundleCore(plugin) {
  const includes = join(plugin, 'includes')
  const own = namesOfFunctions(includes)
  const bundles = Object.entries(BUNDLES).map(([name, [rooms, files]]) => ({
    name,
    files: [...rooms.flatMap((room) => filesOf(includes, room)), ...files],
  }))
  const core = bundleOfCore(
    includes,
    own,
    bundles.flatMap(({ files }) => files),
  )
  const all = bundles.flatMap(({ files }) =>
    files.flatMap((path) => declarationsOf(bodyOf(includes, path, 'Attune'))),
  )
  const values = scalarsOf(all)
  const others = namesOfOthers(plugin, bundles)
  for (const { name, files } of bundles) {
    const texts = files
      .flatMap((path) => declarationsOf(bodyOf(includes, path, 'Attune')))
      .filter((one) => !values.has(one.name) || others.has(one.name))
      .map(({ text }) => qualify(inline(inline(text, core.values, String.raw`Core\\`), values), own))
    write(includes, name, 'Attune', files.length, texts.join('\n\n'))
  }
  for (const name of ['core', 'code', 'rest']) write(includes, name, 'Attune\\Core', core.files, core[name])
}

/**
 * Core in three, as declarations: `core` is what is reached from what files of the stage name of it, `code` what is reached from
 * SIGNED besides, `rest` everything else. Plain constants are written out where they are used, and stand in the rest for others.
 */
export function bundleOfCore(includes, own, users) {
  const { files, values, texts } = readCore(includes, own)
  const named = users.flatMap((path) => namesOfCore(path, readFileSync(join(includes, path), 'utf8')))
  const core = reached(
    texts,
    named.filter((name) => !values.has(name) && !SIGNED.includes(name) && !REST.includes(name)),
  )
  const code = reached(texts, SIGNED)
  return {
    files,
    values,
    core: textOf(texts, (name) => core.has(name)),
    code: textOf(texts, (name) => code.has(name) && !core.has(name)),
    rest: textOf(texts, (name) => !core.has(name) && !code.has(name)),
  }
}

/** Core as far as it is reached from some names, as a file of its own: for what measures it as pages load it. */
export function fileOfCore(includes, roots) {
  const { texts } = readCore(includes, namesOfFunctions(includes))
  const names = reached(texts, roots)
  return `${headOf('Attune\\Core')}\n${textOf(texts, (name) => names.has(name))}\n`
}

// Each declaration with its calls and plain constants written out, by name, in order.
function readCore(includes, own) {
  const files = filesOf(includes, 'core')
  const all = files.flatMap((path) => declarationsOf(bodyOf(includes, path, 'Attune\\Core')))
  const values = scalarsOf(all)
  const texts = new Map(all.map((one) => [one.name, qualify(inline(one.text, values), own)]))
  return { files: files.length, values, texts }
}

function textOf(texts, isWanted) {
  return [...texts].flatMap(([name, text]) => (isWanted(name) ? [text] : [])).join('\n\n')
}

// Plain constants, whose values may stand where their names do.
function scalarsOf(declarations) {
  return new Map(
    declarations.map((one) => [one.name, scalarOf(one)]).filter(([, value]) => value !== undefined),
  )
}

// The names that files outside the bundles use: what these name must go on being declared.
function namesOfOthers(plugin, bundles) {
  const bundled = new Set(bundles.flatMap(({ files }) => files.map((path) => join('includes', path))))
  const core = join('includes', 'core')
  const files = readdirSync(plugin, { recursive: true }).filter(
    (path) => path.endsWith('.php') && !bundled.has(path) && !path.startsWith(core),
  )
  return new Set(files.flatMap((path) => [...namesIn(readFileSync(join(plugin, path), 'utf8'))]))
}

function namesOfCore(path, text) {
  const code = withoutComments(text)
  const names = code.match(/(?<=\bCore\\)\w+/g) ?? []
  for (const [loads, some] of Object.entries({ 'load_code|load_core': SIGNED, load_core: REST })) {
    const name = names.find((one) => some.includes(one) && /^[a-z]/.test(one))
    if (name !== undefined && !new RegExp(`\\b(?:${loads})\\(\\)`).test(code))
      throw new Error(
        `includes/${path} calls Core\\${name}, which pages do not load. Call ${loads.split('|')[0]}() before.`,
      )
  }
  return names
}

function reached(texts, roots) {
  const found = new Set()
  const left = roots.filter((name) => texts.has(name))
  while (left.length > 0) {
    const name = left.pop()
    if (found.has(name)) continue
    found.add(name)
    left.push(...[...namesIn(texts.get(name))].filter((other) => texts.has(other)))
  }
  return found
}

// Functions of the plugin's own, whichever namespace they are in: to leave one of these as it is costs nothing.
function namesOfFunctions(includes) {
  const files = readdirSync(includes, { recursive: true }).filter((path) => path.endsWith('.php'))
  const text = files.map((path) => readFileSync(join(includes, path), 'utf8')).join('\n')
  return new Set([...text.matchAll(/^function (\w+)/gm)].map(([, name]) => name))
}

// The files that a load.php names, in its order.
function filesOf(includes, folder) {
  const text = readFileSync(join(includes, folder, 'load.php'), 'utf8')
  const listed = [...text.matchAll(/^\t+'([a-z0-9/-]+)',$/gm)].map(([, name]) => `${folder}/${name}.php`)
  const required = [...text.matchAll(/require_once __DIR__ \. '\/([a-z0-9-]+\.php)'/g)].map(
    ([, name]) => `${folder}/${name}`,
  )
  const files = listed.length > 0 ? listed : required
  if (files.length === 0) throw new Error(`includes/${folder}/load.php names no files. Has its form changed?`)
  return files
}

function write(includes, name, namespace, files, body) {
  const from = `\n// Made of ${files} files by scripts/bundle-core.mjs; change those.`
  writeFileSync(join(includes, `${name}.php`), `${headOf(namespace, from)}\n${body}\n`)
}

function headOf(namespace, from = '') {
  return `<?php${from}\n\ndeclare( strict_types=1 );\n\nnamespace ${namespace};\n`
}

// The declarations of a file, without what every file begins with.
function bodyOf(includes, path, namespace) {
  const text = readFileSync(join(includes, path), 'utf8')
  const opening = `declare( strict_types=1 );\n\nnamespace ${namespace};\n`
  const at = text.indexOf(opening)
  if (!text.startsWith('<?php\n') || at < 0)
    throw new Error(`includes/${path} does not begin as the files of ${namespace} do.`)
  const body = text.slice(at + opening.length).trim()
  if (/__(?:DIR|FILE)__/.test(body))
    throw new Error(
      `includes/${path} names its own folder, which is another one in a bundle. Use ATTUNE_DIR.`,
    )
  return body
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv[2] === undefined) {
    console.error('Name the folder of a copy of the plugin: node scripts/bundle-core.mjs <folder>')
    process.exit(2)
  }
  bundleCore(argv[2])
}
